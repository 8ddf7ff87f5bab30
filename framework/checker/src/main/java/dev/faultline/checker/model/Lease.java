package dev.faultline.checker.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A lock whose owner gets a fencing token, higher than all before. {@code acquire} → token, or
 * false while somebody has it; an owner that asks again may get its token again. {@code renew} and
 * {@code release} → false unless the caller has it. A lease may run out at any moment; a fenced
 * lock never does.
 */
final class Lease implements Model<Lease.State> {
  /** The last token given out, and who has it. */
  record State(long last, @Nullable Object owner) {}

  private final boolean expires;

  Lease(boolean expires) {
    this.expires = expires;
  }

  @Override
  public String id() {
    return expires ? "lease" : "fenced-lock";
  }

  @Override
  public String noun() {
    return expires ? "lease" : "lock with fencing tokens";
  }

  @Override
  public State initial() {
    return new State(-1, null);
  }

  @Override
  public boolean byOwner() {
    return true;
  }

  @Override
  public boolean observes(Call call) {
    return call.f().equals("renew")
        ? !call.refused()
        : call.f().equals("acquire") && call.refused();
  }

  @Override
  public List<State> step(State state, Call call) {
    List<State> next = new ArrayList<>();
    one(state, call, next);
    if (expires && next.isEmpty() && state.owner() != null) {
      // It ran out just now. To run out where nothing needs it would only forbid more.
      one(new State(state.last(), null), call, next);
    }
    return next;
  }

  private static void one(State state, Call call, List<State> next) {
    boolean own = call.owner().equals(state.owner());
    switch (call.f()) {
      case "acquire" -> acquire(state, call, own, next);
      case "renew" -> {
        if (own != call.refused()) {
          next.add(state);
        }
      }
      case "release" -> {
        if (own != call.refused()) {
          next.add(own ? new State(state.last(), null) : state);
        }
      }
      default -> throw call.unknown("acquire, renew, release");
    }
  }

  private static void acquire(State state, Call call, boolean own, List<State> next) {
    boolean free = state.owner() == null;
    if (call.refused()) {
      if (!free && !own) {
        next.add(state);
      }
    } else if (call.known()) {
      if (call.output() instanceof Long token
          && ((own && token == state.last()) || ((free || own) && token > state.last()))) {
        next.add(new State(token, call.owner()));
      }
    } else if (free) {
      // Its token is between those seen before and after; the least says least.
      next.add(new State(state.last() + 1, call.owner()));
    }
  }
}
