package dev.faultline.checker.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checker.Budget;
import dev.faultline.checker.model.Call;
import dev.faultline.checker.model.Model;
import dev.faultline.checker.model.Models;
import dev.faultline.json.JsonView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every monitor against the definition, on small random histories, half of them with a lie. */
final class MonitorsTest {
  private static final long SEED = Long.getLong("faultline.seed", 20261126);
  private static final int ROUNDS = Integer.getInteger("faultline.rounds", 1_500);

  /**
   * One kind of history.
   *
   * @param suited at least this share of them must be decided
   */
  record Kind(String name, RandomCalls<?> calls, double unknown, double suited) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Model<?> model(String id) {
    Model<?> model = Models.find(id, JsonView.of("test", Map.of("model", id)));
    if (model == null) {
      throw new IllegalArgumentException(id);
    }
    return model;
  }

  private static List<@Nullable Object> told(Object state, Call call) {
    return Arrays.asList(true, false);
  }

  private static List<@Nullable Object> sometimesTold(Object state, Call call) {
    return call.f().equals("contains")
        ? Arrays.asList(true, false)
        : Arrays.asList(true, false, null);
  }

  private static List<@Nullable Object> set(Object state, Call call) {
    return call.f().equals("read")
        ? List.of(List.copyOf((Set<?>) state))
        : sometimesTold(state, call);
  }

  private static List<@Nullable Object> counter(Object state, Call call) {
    long now = (Long) state;
    return call.f().equals("add") ? Arrays.asList((Object) null) : List.of(now, now + 1, now + 2);
  }

  private static List<@Nullable Object> log(Object state, Call call) {
    List<?> list = (List<?>) state;
    if (call.f().equals("append")) {
      return call.number() % 3 == 0 ? Arrays.asList((Object) null) : List.of((long) list.size());
    }
    List<Object> tail = new ArrayList<>();
    for (long i = call.input() == null ? 0 : call.number(); i < list.size(); i++) {
      tail.add(List.of(i, list.get((int) i)));
    }
    return List.of(tail);
  }

  private static List<@Nullable Object> keyed(Object state, Call call) {
    Object value = ((TreeMap<?, ?>) state).get("null");
    return Arrays.asList(call.f().equals("read") ? value : null);
  }

  private static List<@Nullable Object> value(Object state, Call call) {
    // The state is a record of one value, which is private to its package.
    Object value = null;
    if (call.f().equals("get")) {
      String text = state.toString();
      text = text.substring(text.indexOf('=') + 1, text.length() - 1);
      value =
          text.equals("null") ? null : text.matches("[0-9]+") ? (Object) Long.valueOf(text) : text;
    }
    return Arrays.asList(value);
  }

  private static List<@Nullable Object> token(Object state, Call call) {
    // Tokens come from the number of the call's line, so that they grow.
    long line = call.operation().invoked();
    return call.f().equals("acquire")
        ? Arrays.asList(line, line + 1, line - 1, line - 2, line - 3, line - 4, line - 5, false)
        : Arrays.asList(true, false);
  }

  private static List<@Nullable Object> id(Object state, Call call) {
    return List.of(call.operation().invoked() % 4 + 10L * call.operation().process());
  }

  private static Kind kind(
      String id,
      BiFunction<Object, Call, List<@Nullable Object>> answers,
      double suited,
      String... functions) {
    return kind(id, answers, 0.15, suited, functions);
  }

  private static Kind kind(
      String id,
      BiFunction<Object, Call, List<@Nullable Object>> answers,
      double unknown,
      double suited,
      String... functions) {
    List<String> list = List.of(functions);
    return new Kind(id + " " + list, new RandomCalls<>(model(id), list, answers), unknown, suited);
  }

  static Stream<Kind> kinds() {
    return Stream.of(
        kind("set", MonitorsTest::told, 1, "add 1", "remove 1", "contains 1"),
        kind("set", MonitorsTest::sometimesTold, 0.5, "add 1", "remove 1", "contains 1"),
        kind(
            "set",
            MonitorsTest::sometimesTold,
            0.5,
            "remove 1",
            "add 1",
            "contains 1",
            "remove 1",
            "contains 1",
            "remove 1"),
        kind(
            "grow-only-set", MonitorsTest::set, 1, "add 1", "add 2", "contains 1", "read", "add #"),
        kind("grow-only-set", MonitorsTest::set, 1, "add 1", "contains 1"),
        kind("counter", MonitorsTest::counter, 1, "add", "read", "add-and-get", "get-and-add"),
        kind("counter", MonitorsTest::counter, 0.4, "add 2", "read", "add-and-get 1"),
        kind("log", MonitorsTest::log, 1, "append #", "read", "append #", "read 1", "read 2"),
        kind("log", MonitorsTest::log, 0.2, "append #", "read", "append 3"),
        kind("list-append", MonitorsTest::keyed, 1, "append #", "read"),
        kind("multi-register", MonitorsTest::keyed, 1, "write #", "read"),
        kind("map", MonitorsTest::value, 1, "put a#", "get", "append a#"),
        kind("map", MonitorsTest::value, 0.8, "put a#", "get", "append a#", "append b"),
        kind("map", MonitorsTest::value, 0.8, "get", "append a", "append b", "append c"),
        kind("map", MonitorsTest::value, 0.1, "put #", "get", "delete", "put 5"),
        kind("owned-mutex", MonitorsTest::told, 0.5, "acquire", "release"),
        kind("owned-mutex", MonitorsTest::told, 0, 1, "acquire", "release"),
        kind("reentrant-mutex", MonitorsTest::told, 0.5, "acquire", "release"),
        kind("reentrant-mutex", MonitorsTest::told, 0, 1, "acquire", "release"),
        kind("fenced-lock", MonitorsTest::token, 0.5, "acquire", "release", "renew"),
        kind("fenced-lock", MonitorsTest::token, 0, 0.9, "acquire", "release", "renew"),
        kind("lease", MonitorsTest::token, 0.5, "acquire", "release", "renew"),
        kind("lease", MonitorsTest::token, 0, 0.9, "acquire", "release", "renew"),
        kind("semaphore", MonitorsTest::told, 0.5, "acquire", "release", "acquire 2"),
        kind("unique-ids", MonitorsTest::id, 1, "generate"));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void agreesWithTheDefinition(Kind kind) {
    judge(kind);
  }

  static void judge(Kind kind) {
    judge(kind, kind.calls());
  }

  private static <S> void judge(Kind kind, RandomCalls<S> random) {
    int bad = 0;
    int suited = 0;
    for (long seed = SEED; seed < SEED + ROUNDS; seed++) {
      int size = 2 + (int) (seed % 9);
      List<Call> calls =
          random.create(seed, size, seed % 3 == 0 ? 0 : kind.unknown(), seed % 2 == 0);
      boolean possible = Definition.possible(random.model(), calls);
      Answer answer = Monitors.decide(random.model(), calls, Budget.standard());
      String what = "seed %d, %s, %s".formatted(seed, shown(calls), answer.getClass());
      bad += possible ? 0 : 1;
      suited += answer instanceof Answer.Unsuited ? 0 : 1;
      switch (answer) {
        case Answer.Ordered ordered -> {
          assertThat(possible).as(what).isTrue();
          assertThat(Definition.problem(random.model(), calls, ordered.order())).as(what).isNull();
        }
        case Answer.Impossible impossible -> {
          assertThat(possible).as(what).isFalse();
          assertThat(Definition.possible(random.model(), impossible.core())).as(what).isFalse();
          List<Call> prefix = Prefix.until(calls, impossible.last().operation().returned());
          assertThat(Definition.possible(random.model(), prefix)).as(what).isFalse();
        }
        case Answer.Unsuited unsuited -> {}
        case Answer.Exhausted exhausted -> throw new AssertionError(what);
      }
    }

    assertThat(bad).isBetween(ROUNDS / 100, ROUNDS * 4 / 5);
    assertThat(suited).isGreaterThanOrEqualTo((int) (ROUNDS * kind.suited()));
  }

  private static String shown(List<Call> calls) {
    StringBuilder text = new StringBuilder();
    for (Call call : calls) {
      text.append(
          "\n%s %s: %s %s → %s [%d, %s]"
              .formatted(
                  call.operation().client(),
                  call.operation().process(),
                  call.f(),
                  call.input(),
                  call.known() ? call.output() : "?",
                  call.operation().invoked(),
                  call.known() ? call.operation().returned() : ""));
    }
    return text.toString();
  }
}
