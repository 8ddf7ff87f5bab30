package dev.faultline.checker.weak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Checkers;
import dev.faultline.checker.Verdict;
import dev.faultline.history.Entry;
import dev.faultline.history.History;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** On random histories the weaker holds wherever the stronger does, and not only there. */
final class StrengthTest {
  private static final long SEED = Long.getLong("faultline.seed", 20261126);
  private static final int ROUNDS = Integer.getInteger("faultline.rounds", 1_500);

  private static final String LINEARIZABLE = "linearizable";
  private static final String SEQUENTIAL = "sequential";
  private static final String CONVERGENT = "causal, convergent";
  private static final String CAUSAL = "causal";
  private static final String REGULAR = "register.regular";
  private static final String SAFE = "register.safe";
  private static final String STALENESS = "register.staleness";

  /** Each follows from the one before it. */
  private static final List<List<String>> CHAINS =
      List.of(
          List.of(LINEARIZABLE, SEQUENTIAL, CONVERGENT, CAUSAL),
          List.of(LINEARIZABLE, REGULAR, SAFE),
          List.of(REGULAR, STALENESS),
          List.of(LINEARIZABLE, "session.read-your-writes"),
          List.of(LINEARIZABLE, "session.monotonic-reads"),
          List.of(LINEARIZABLE, "session.monotonic-writes"),
          List.of(LINEARIZABLE, "session.writes-follow-reads"));

  private static boolean holds(String property, History history) {
    Map<String, Object> params =
        switch (property) {
          case LINEARIZABLE -> Map.of("model", "register");
          case CONVERGENT -> Map.of("convergent", true);
          case STALENESS -> Map.of("versions", 1L);
          default -> Map.of();
        };
    String id = property.equals(CONVERGENT) ? CAUSAL : property;
    Verdict verdict = Checkers.create(id, params).check(history, Budget.standard());
    assertThat(verdict).isNotInstanceOf(Verdict.Unknown.class);
    return verdict instanceof Verdict.Valid;
  }

  @Test
  void theWeakerFollows() {
    Map<String, Integer> only = new HashMap<>();
    for (long seed = SEED; seed < SEED + ROUNDS; seed++) {
      History history = random(new Random(seed));
      for (List<String> chain : CHAINS) {
        for (int i = 1; i < chain.size(); i++) {
          boolean stronger = holds(chain.get(i - 1), history);
          boolean weaker = holds(chain.get(i), history);
          assertThat(weaker || !stronger)
              .as("seed %d: %s without %s", seed, chain.get(i - 1), chain.get(i))
              .isTrue();
          if (weaker && !stronger) {
            only.merge(chain.get(i), 1, Integer::sum);
          }
        }
      }
    }
    for (List<String> chain : CHAINS) {
      assertThat(only.keySet()).containsAll(chain.subList(1, chain.size()));
    }
  }

  /** Two registers, three clients; now and then a read finds an old value. */
  private static History random(Random random) {
    List<Entry> lines = new ArrayList<>();
    Map<String, List<@Nullable Object>> past = new HashMap<>();
    for (String key : List.of("x", "y")) {
      past.computeIfAbsent(key, k -> new ArrayList<>()).add(null);
    }
    @Nullable Entry[] open = new @Nullable Entry[3];
    @Nullable Object[] found = new @Nullable Object[3];
    for (int started = 0; started < 12 || lines.size() < 24; ) {
      int p = random.nextInt(3);
      if (open[p] instanceof Entry.Op op) {
        open[p] = null;
        Object output = op.f().equals("read") ? found[p] : null;
        lines.add(line(lines.size(), p, Entry.Type.OK, op.f(), String.valueOf(op.key()), output));
      } else if (started < 12) {
        started++;
        String key = random.nextBoolean() ? "x" : "y";
        List<@Nullable Object> values = past.getOrDefault(key, new ArrayList<>());
        boolean write = random.nextInt(3) == 0;
        Object value = write ? (Object) (long) started : null;
        open[p] = line(lines.size(), p, Entry.Type.INVOKE, write ? "write" : "read", key, value);
        lines.add(line(lines.size(), p, Entry.Type.INVOKE, write ? "write" : "read", key, value));
        if (write) {
          values.add(value);
        }
        int back = random.nextInt(8) == 0 ? random.nextInt(values.size()) : 0;
        found[p] = values.get(values.size() - 1 - back);
      }
    }
    return History.of(lines);
  }

  private static Entry.Op line(
      long index, int process, Entry.Type type, String f, String key, @Nullable Object value) {
    return new Entry.Op(index, index * 1000, process, type, f, key, value, null, null, null, false);
  }
}
