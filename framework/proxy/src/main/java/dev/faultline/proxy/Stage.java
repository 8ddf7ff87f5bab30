package dev.faultline.proxy;

import java.util.ArrayDeque;
import java.util.Deque;

/** A toxic in the chain of one flow, with what waits before it. */
final class Stage {
  private ToxicSpec spec;
  private Toxic toxic;
  private boolean ended;
  final Deque<Chunk> in = new ArrayDeque<>();

  Stage(ToxicSpec spec, Toxic toxic) {
    this.spec = spec;
    this.toxic = toxic;
  }

  String name() {
    return spec.name();
  }

  boolean room() {
    return !ended && in.size() < toxic.room();
  }

  void take(Chunk chunk) {
    if (!ended) {
      in.addLast(chunk);
    }
  }

  /** The same toxic with other settings; what waits is judged by the new ones. */
  void update(ToxicSpec spec, Toxic toxic) {
    this.spec = spec;
    this.toxic = toxic.after(this.toxic);
  }

  long move(Toxic.Gate out, long now) {
    return ended ? Toxic.NEVER : toxic.move(in, gate(out), now);
  }

  /** Gives on what waits, in order, whether there is room or not; or ends the connection. */
  void flush(Toxic.Gate out) {
    if (!ended && (Toxics.endsWhenRemoved(spec) || toxic.endsWhenRemoved())) {
      in.clear();
      in.addLast(Chunk.END);
    } else if (!ended) {
      toxic.release(out);
    }
    while (!in.isEmpty()) {
      out.give(in.removeFirst());
    }
  }

  private Toxic.Gate gate(Toxic.Gate out) {
    return new Toxic.Gate() {
      @Override
      public boolean open() {
        return !ended && out.open();
      }

      @Override
      public void give(Chunk chunk) {
        if (chunk.end()) {
          ended = true;
          in.clear();
        }
        out.give(chunk);
      }
    };
  }
}
