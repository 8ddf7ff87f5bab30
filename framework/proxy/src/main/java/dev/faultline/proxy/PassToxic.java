package dev.faultline.proxy;

import java.util.Deque;

/** Passes everything on: what a toxic is where its toxicity spares the connection. */
final class PassToxic implements Toxic {
  @Override
  public long move(Deque<Chunk> in, Gate out, long now) {
    while (!in.isEmpty() && out.open()) {
      out.give(in.removeFirst());
    }
    return NEVER;
  }
}
