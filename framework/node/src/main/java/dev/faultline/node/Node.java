package dev.faultline.node;

/**
 * One node of a pattern: event-driven, one instance an incarnation. All calls come from one thread,
 * run to completion and never block; a node has no threads and no statics of its own, and touches
 * the world through its {@link Env} alone. It needs a public constructor without parameters.
 */
public interface Node {
  /** Reads its disk and sets its timers; messages come after this returned. */
  void start(Env env);

  /** A message arrived from a node or a client. */
  void onMessage(String from, Message message);

  /** A graceful end, when there is one; a killed node never sees it. */
  default void stop() {}
}
