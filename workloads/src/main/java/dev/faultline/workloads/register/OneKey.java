package dev.faultline.workloads.register;

import dev.faultline.harness.gen.Generator;
import dev.faultline.harness.gen.Generator.Ask;
import dev.faultline.harness.gen.Generator.Completed;
import dev.faultline.harness.gen.Generator.Free;
import dev.faultline.harness.gen.Generators;
import dev.faultline.history.Outcome;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Operations on one key, without end. */
final class OneKey {
  /** The duty of a client that changes nothing. */
  static final String READER = "reader";

  private OneKey() {}

  /**
   * What is known of the key.
   *
   * @param value the value last seen in it, null before any was
   */
  private record Seen(@Nullable Object value) {}

  static Generator generator(String key, int writes, boolean cas) {
    String path = "register/" + key;
    Seen nothing = new Seen(null);
    if (!cas) {
      return Generators.ops(
          path, (client, random, n) -> ask(nothing, client, key, random, n, writes, false));
    }
    return Generators.learning(
        path,
        nothing,
        (seen, client, random, n) -> ask(seen, client, key, random, n, writes, cas),
        (seen, done) -> learn(seen, key, done));
  }

  private static Ask ask(
      Seen seen, Free client, String key, RandomGenerator random, long n, int writes, boolean cas) {
    if (random.nextInt(100) >= writes || client.duty().equals(READER)) {
      return new Ask(client.client(), "read", key, null);
    }
    // Counts the key's operations, so no two writes to it have the same value.
    long fresh = n + 1;
    boolean compare = cas && random.nextBoolean();
    return compare && seen.value != null
        ? new Ask(client.client(), "cas", key, List.of(seen.value, fresh))
        : new Ask(client.client(), "write", key, fresh);
  }

  private static Seen learn(Seen seen, String key, Completed done) {
    if (done.outcome() != Outcome.OK || !key.equals(done.key())) {
      return seen;
    }
    return switch (done.f()) {
      case "read" -> done.output() == null ? seen : new Seen(done.output());
      case "write" -> new Seen(done.input());
      case "cas" -> done.input() instanceof List<?> pair ? new Seen(pair.get(1)) : seen;
      default -> seen;
    };
  }
}
