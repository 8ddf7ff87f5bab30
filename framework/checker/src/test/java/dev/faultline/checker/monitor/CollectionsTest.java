package dev.faultline.checker.monitor;

import dev.faultline.checker.model.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The monitors of queues and their kin against the definition, as {@link MonitorsTest}. */
final class CollectionsTest {
  /** Any value that was put in, or none: the object knows. */
  private static List<@Nullable Object> any(Object state, Call call) {
    List<@Nullable Object> all = new ArrayList<>();
    all.add(null);
    for (long v = 10; v < 22; v++) {
      all.add(v);
      all.add(-v);
    }
    return all;
  }

  private static MonitorsTest.Kind kind(
      String id, double unknown, double suited, String... functions) {
    List<String> list = List.of(functions);
    RandomCalls<?> calls = new RandomCalls<>(MonitorsTest.model(id), list, CollectionsTest::any);
    return new MonitorsTest.Kind(id + " " + list + " " + unknown, calls, unknown, suited);
  }

  static Stream<MonitorsTest.Kind> kinds() {
    return Stream.of(
        kind("queue", 0, 1, "enqueue #", "dequeue", "enqueue #", "peek"),
        kind("queue", 0, 1, "enqueue #", "dequeue", "dequeue"),
        kind("queue", 0.15, 0.8, "enqueue #", "dequeue", "enqueue #", "peek"),
        kind("stack", 0, 1, "push #", "pop", "push #", "peek"),
        kind("stack", 0, 1, "push #", "pop", "push #", "peek", "peek", "peek"),
        kind("stack", 0, 1, "push #", "pop"),
        kind("stack", 0.15, 0.8, "push #", "pop", "push #", "peek"),
        kind("priority-queue", 0, 1, "insert #", "poll", "insert -#", "peek"),
        kind("priority-queue", 0, 1, "insert #", "poll", "poll", "insert -#"),
        kind("priority-queue", 0.15, 0.7, "insert #", "poll", "insert -#", "peek"),
        kind("bag", 0, 1, "enqueue #", "dequeue"),
        kind("bag", 0.3, 1, "enqueue #", "dequeue"),
        kind("queue", 0.3, 1, "enqueue #", "dequeue", "dequeue"));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void agreesWithTheDefinition(MonitorsTest.Kind kind) {
    MonitorsTest.judge(kind);
  }
}
