package dev.faultline.harness.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.Trace;
import dev.faultline.history.History;
import dev.faultline.json.JsonView;
import dev.faultline.node.Message;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What counts in the hash, its checkpoints, and that the second JVM ends with its pipe. */
final class TraceHashTest {
  private static long hash(Consumer<Trace> events) {
    TraceHash trace = new TraceHash(TraceHash.NONE);
    events.accept(trace);
    return trace.checkpoints().get(0);
  }

  @Test
  void everythingThatAListenerIsToldCounts() throws NoSuchMethodException {
    for (Method told : Trace.class.getMethods()) {
      assertThat(EveryEvent.class.getMethod(told.getName(), told.getParameterTypes()))
          .extracting(Method::getDeclaringClass)
          .as(told.getName())
          .isEqualTo(EveryEvent.class);
    }
  }

  @Test
  void eachPartOfAnEventCounts() {
    List<Consumer<Trace>> unlike =
        List.of(
            t -> t.sent(1, 1, "n1", "n2", Message.of("a", "x", 1L, "y", 2L)),
            t -> t.sent(2, 1, "n1", "n2", Message.of("a", "x", 1L, "y", 2L)),
            t -> t.sent(1, 2, "n1", "n2", Message.of("a", "x", 1L, "y", 2L)),
            t -> t.sent(1, 1, "n2", "n1", Message.of("a", "x", 1L, "y", 2L)),
            t -> t.sent(1, 1, "n1", "n2", Message.of("a", "x", 1L, "y", 3L)),
            t -> t.sent(1, 1, "n1", "n2", Message.of("a", "y", 2L, "x", 1L)),
            t -> t.delivered(1, 1),
            t -> t.held(1, 1),
            t -> t.lost(1, 1, Trace.Loss.CUT),
            t -> t.lost(1, 1, Trace.Loss.NOBODY),
            t -> t.asked(1, "n1"),
            t -> t.timer(1, "n1"),
            t -> t.wrote(1, "n1", "log", "append", new byte[] {'a'}),
            t -> t.wrote(1, "n1", "log", "append", new byte[] {'b'}),
            t -> t.wrote(1, "n1", "log", "replace", new byte[] {'a'}),
            t -> t.synced(1, "n1", "log"),
            t -> t.turned(1, "n1", 1, Trace.Turn.KILLED),
            t -> t.turned(1, "n1", 2, Trace.Turn.KILLED),
            t -> t.recorded(1, History.parse("p0 invoke read").entries().get(0)),
            t -> t.recorded(1, History.parse("p0 invoke write").entries().get(0)));
    assertThat(unlike.stream().map(TraceHashTest::hash)).doesNotHaveDuplicates();
    assertThat(unlike.stream().map(TraceHashTest::hash).toList())
        .isEqualTo(unlike.stream().map(TraceHashTest::hash).toList());
  }

  private static Figures figures(long block, long length, long oddAt) {
    TraceHash trace = new TraceHash(block);
    for (long i = 0; i < length; i++) {
      trace.delivered(i, i == oddAt ? -1 : i);
    }
    return new Figures(
        7, "", "", 0, trace.events(), trace.checkpoints(), trace.kept(), trace.keptFrom());
  }

  @Test
  void aDifferenceIsFoundInItsBlockAndShownWithWhatCameBeforeIt() {
    List<Long> blocks = new ArrayList<>();
    Comparison comparison =
        new Comparison(
            "two runs",
            ask -> {
              blocks.add(ask.block());
              return figures(ask.block(), 5000, -1);
            },
            ask -> figures(ask.block(), 5000, 2048));
    Ask ask = new Ask("toy", java.time.Duration.ofSeconds(1), 1, 3, TraceHash.NONE);
    Difference difference =
        comparison.of(ask, figures(TraceHash.NONE, 5000, -1), figures(TraceHash.NONE, 5000, 2048));
    assertThat(blocks).containsExactly(2L);
    assertThat(difference)
        .isEqualTo(
            new Difference(
                "toy",
                3,
                7,
                "two runs",
                "differ at event 2,049",
                List.of(
                    "    0.000002  delivered 2045",
                    "    0.000002  delivered 2046",
                    "    0.000002  delivered 2047"),
                "    0.000002  delivered 2048",
                "    0.000002  delivered -1"));
  }

  @Test
  void aRunThatEndsEarlierAndOneThatIsNotShownAgainAreTold() {
    Ask ask = new Ask("toy", java.time.Duration.ofSeconds(1), 1, 3, TraceHash.NONE);
    Comparison shorter =
        new Comparison(
            "two runs",
            some -> figures(some.block(), 2048, -1),
            some -> figures(some.block(), 2047, -1));
    assertThat(shorter.of(ask, figures(-1, 2048, -1), figures(-1, 2047, -1)))
        .extracting(Difference::what, Difference::second)
        .containsExactly("differ at event 2,048", "(the run has ended)");

    Comparison once =
        new Comparison(
            "two runs",
            some -> figures(some.block(), 2048, -1),
            some -> figures(some.block(), 2048, -1));
    assertThat(once.of(ask, figures(-1, 2048, -1), figures(-1, 2048, 1030)))
        .extracting(Difference::what)
        .isEqualTo("differ between events 1,025 and 2,048");
    assertThat(once.of(ask, figures(-1, 2048, -1), figures(-1, 2048, -1))).isNull();
  }

  private static Figures judged(String plan, String verdict) {
    return new Figures(7, plan, verdict, 0, 0, List.of(1L), List.of(), 0);
  }

  @Test
  void plansAndVerdictsMustBeTheSameTooUnlessTimeRanOut() {
    Ask ask = new Ask("toy", null, 1, 3, TraceHash.NONE);
    Comparison comparison =
        new Comparison("two runs", some -> judged("", ""), some -> judged("", ""));
    Figures valid = judged("{}", "VALID");
    assertThat(comparison.of(ask, valid, judged("{}", "VALID"))).isNull();
    assertThat(comparison.of(ask, valid, judged("[]", "VALID")))
        .extracting(Difference::what, Difference::first, Difference::second, Difference::column)
        .containsExactly("have different plans", "{}", "[]", 0);
    assertThat(comparison.of(ask, valid, judged("{}", "VOID  f1")))
        .extracting(Difference::what, Difference::first, Difference::second, Difference::column)
        .containsExactly("have different verdicts", "VALID", "VOID  f1", 1);
    assertThat(comparison.of(ask, valid, judged("{}", "UNKNOWN  no time left"))).isNull();
  }

  @Test
  void whatIsAskedAndAnsweredSurvivesItsLine() {
    Ask ask = new Ask("toy:odd", java.time.Duration.ofMillis(1500), -7, 3, 2);
    assertThat(Ask.fromJson(JsonView.of("ask", ask.toJson()))).isEqualTo(ask);
    Ask own = new Ask("toy", null, 1, 0, TraceHash.NONE);
    assertThat(Ask.fromJson(JsonView.of("ask", own.toJson()))).isEqualTo(own);
    Figures figures = figures(1, 3000, 5);
    assertThat(Figures.fromJson(JsonView.of("figures", figures.toJson()))).isEqualTo(figures);
  }

  @Test
  void theSecondJvmEndsWithItsPipe() throws Exception {
    try (SecondJvm second = SecondJvm.start()) {
      Process process = second.process();
      assertThat(process.isAlive()).isTrue();
      process.getOutputStream().close();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
  }
}
