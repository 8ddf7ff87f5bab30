package dev.faultline.checker.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A lock with an owner: {@code acquire} and {@code release}; answer false means that the lock would
 * not. A reentrant one can be taken again by its owner, and must be released as often.
 */
final class Hold implements Model<Hold.State> {
  /** Who holds it, how often. */
  record State(@Nullable Object owner, int times) {}

  private final boolean reentrant;

  Hold(boolean reentrant) {
    this.reentrant = reentrant;
  }

  @Override
  public String id() {
    return reentrant ? "reentrant-mutex" : "owned-mutex";
  }

  @Override
  public String noun() {
    return reentrant ? "reentrant lock" : "lock with an owner";
  }

  @Override
  public State initial() {
    return new State(null, 0);
  }

  @Override
  public boolean byOwner() {
    return true;
  }

  @Override
  public boolean observes(Call call) {
    return call.refused();
  }

  @Override
  public List<State> step(State state, Call call) {
    boolean own = state.times() > 0 && call.owner().equals(state.owner());
    return switch (call.f()) {
      case "acquire" -> {
        boolean possible = state.times() == 0 || (own && reentrant);
        yield possible == call.refused()
            ? List.of()
            : List.of(possible ? new State(call.owner(), state.times() + 1) : state);
      }
      case "release" -> {
        if (own == call.refused()) {
          yield List.of();
        }
        State less = state.times() <= 1 ? initial() : new State(state.owner(), state.times() - 1);
        yield List.of(own ? less : state);
      }
      default -> throw call.unknown("acquire, release");
    };
  }
}
