package dev.faultline.cli.bench;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Checker;
import dev.faultline.checker.Verdict;
import dev.faultline.checker.model.Call;
import dev.faultline.checker.model.Model;
import dev.faultline.checker.model.Models;
import dev.faultline.checker.monitor.Answer;
import dev.faultline.checker.monitor.Monitors;
import dev.faultline.checker.oracle.Differential;
import dev.faultline.cli.bench.Line.Grade;
import dev.faultline.history.History;
import dev.faultline.json.JsonView;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a check may spend: bar 19, and the half of bar 18 that is about monitors. */
final class LimitRows {
  /** How long memory is watched. */
  private static final long HOLD = 6_000_000_000L;

  /** Somewhat more than 100,000 of each model. */
  private static final long AGREE = 2_400_000;

  private final Room room;

  LimitRows(Room room) {
    this.room = room;
  }

  /** A history to check with a limit that it is to hit. */
  private record Case(String model, History history, Duration limit) {}

  void measure() {
    if (room.wants(18)) {
      memory("queue", Maker.make(new Things.Ends(false, 0), 5, room.size(200_000), 0, 11));
      memory("stack", Maker.make(new Things.Ends(true, 0), 5, room.size(200_000), 0, 12));
    }
    if (room.wants(19)) {
      deadline();
    }
    if (room.wants(21)) {
      agreement();
    }
  }

  /** As many as the floor asks for, if there is time; the whole is {@code bench oracle}. */
  private void agreement() {
    Differential differential = new Differential(21, null).withChecker();
    long from = System.nanoTime();
    long limit = 300_000_000_000L / room.scale();
    long enough = AGREE / room.scale();
    differential.run(0, enough, () -> System.nanoTime() - from > limit);
    long all = 0;
    for (Differential.Count count : differential.counts().values()) {
      all += count.histories();
    }
    long least = all / Math.max(1, differential.counts().size());
    room.line(
        new Line(
            21,
            "random histories of %d models that all orders judge otherwise (see bench oracle)"
                .formatted(differential.counts().size()),
            "0 of 100,000 a model",
            "0 of 1,000,000",
            "%d of %,d, %,d a model".formatted(differential.disagreed(), all, least),
            "",
            Double.NaN,
            differential.disagreed() > 0 ? Grade.MISSED : Grade.atLeast(least, 1e5, 1e6)));
  }

  private void memory(String id, History history) {
    List<Call> calls = history.operations().stream().map(Call::of).toList();
    Model<?> model = Models.find(id, JsonView.of("model", Map.of("model", id)));
    if (model == null) {
      throw new IllegalStateException("no model " + id);
    }
    String what =
        "monitor of %s, %,d: bytes an operation that it holds".formatted(id, calls.size());
    if (Monitors.decide(model, calls, Budget.standard()) instanceof Answer.Unsuited unsuited) {
      room.open(18, what, unsuited.why());
      return;
    }
    Timing<Answer> timing = Timing.of(() -> Monitors.decide(model, calls, Budget.standard()));
    double each =
        (double)
            Held.most(() -> Monitors.decide(model, calls, Budget.standard()), HOLD / room.scale());
    room.line(
        new Line(
            18,
            what,
            "120",
            "120",
            "%.0f, allocates %.0f in all"
                .formatted(each / calls.size(), (double) timing.allocated() / calls.size()),
            "",
            Double.NaN,
            Grade.atMost(each / calls.size(), 120, 120)));
  }

  private void deadline() {
    Map<String, Case> cases = new LinkedHashMap<>();
    int n = room.size(2000);
    Duration second = Duration.ofMillis(Math.max(20, 1000 / room.scale()));
    cases.put(
        "search, queue",
        new Case("queue", Maker.make(new Things.Ends(false, 3), 20, n, 20, 19), second));
    cases.put(
        "search, compare-and-set",
        new Case(
            "cas-register",
            Maker.replacedTwice(Maker.make(new Things.Cas(12), 12, n, n / 5, 20)),
            second));
    cases.put(
        "search, bag",
        new Case("priority-queue", Maker.make(new Things.Bag(3), 20, n, 20, 21), second));
    History big = Maker.make(new Things.Register(), 5, room.size(400_000), 0, 22);
    cases.put("a large history", new Case("register", big, Duration.ofMillis(50)));
    History broken = Maker.overwritten(Maker.make(new Things.Cas(5), 5, room.size(20_000), 0, 23));
    cases.put("explanation", new Case("cas-register-observing", broken, second));
    // So that no check stops for the collector to move the histories that were made just now.
    System.gc();
    cases.forEach((name, c) -> {
      Checker checker = Room.checker(c.model());
      long worst = 0;
      Verdict verdict = new Verdict.Unknown("", "");
      for (int i = 0; i < 3; i++) {
        long from = System.nanoTime();
        verdict = checker.check(c.history(), new Budget(c.limit(), 2_000_000_000L));
        worst = Math.max(worst, System.nanoTime() - from);
      }
      double limit = c.limit().toNanos() / 1e9;
      double over = worst / 1e9 - limit;
      room.line(
          new Line(
              19,
              "limit %s, %s, %s".formatted(Units.time(limit), name, Room.word(verdict)),
              "+ 5 %",
              "+ 50 ms",
              over > 0 ? "+ " + Units.time(over) : "within",
              "",
              Double.NaN,
              Grade.atMost(over, Math.max(0.05, 0.05 * limit), 0.05)));
    });
  }
}
