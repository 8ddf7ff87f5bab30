package dev.faultline.node;

/**
 * Sends messages; they may be lost, delayed, doubled across reconnects, and reordered. Nothing
 * tells the sender.
 */
public interface Network {
  /** Sends to a node or, as an answer, to a client that wrote before. */
  void send(String to, Message message);
}
