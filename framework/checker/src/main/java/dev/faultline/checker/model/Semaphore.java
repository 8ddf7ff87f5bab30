package dev.faultline.checker.model;

import java.util.List;

/**
 * A number of permits: {@code acquire} so many (1 without a value), {@code release} so many,
 * whoever had them. Answer false means that there were too few.
 */
public record Semaphore(long permits) implements Model<Long> {
  @Override
  public String id() {
    return "semaphore";
  }

  @Override
  public String noun() {
    return "semaphore of " + permits;
  }

  @Override
  public Long initial() {
    return permits;
  }

  @Override
  public boolean observes(Call call) {
    return call.refused();
  }

  @Override
  public List<Long> step(Long state, Call call) {
    long n = call.input() == null ? 1 : call.number();
    if (n < 0) {
      throw call.misfit("value " + n + ", want 0 or more");
    }
    return switch (call.f()) {
      case "acquire" -> {
        boolean possible = state >= n;
        yield possible == call.refused() ? List.of() : List.of(possible ? state - n : state);
      }
      case "release" -> call.refused() ? List.of() : List.of(state + n);
      default -> throw call.unknown("acquire, release");
    };
  }
}
