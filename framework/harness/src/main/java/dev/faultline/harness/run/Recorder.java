package dev.faultline.harness.run;

import dev.faultline.harness.Client.Result;
import dev.faultline.harness.Scheduler;
import dev.faultline.history.Entry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Numbers and stamps what happens and hands it on, in one order. For the loop's thread. Until
 * {@link #begin} every stamp is 0: the run's time starts with its main phase.
 */
final class Recorder {
  private final Scheduler scheduler;
  private final Consumer<Entry> sink;
  private @Nullable Runnable write;
  private final List<Runnable> calls = new ArrayList<>();
  private boolean begun;
  private long index;
  private long phases;

  Recorder(Scheduler scheduler, Consumer<Entry> sink) {
    this.scheduler = scheduler;
    this.sink = sink;
  }

  /**
   * From now on the sink may keep operations back until {@code flush}, and calls wait for that,
   * until {@link #turn}.
   */
  void byTurns(Runnable flush) {
    write = flush;
  }

  /** Makes a call whose invocation was recorded, as soon as that is written. */
  void call(Runnable call) {
    if (write == null) {
      call.run();
    } else {
      calls.add(call);
    }
  }

  /** The end of a turn of the loop: writes once for all calls that wait, and makes them. */
  void turn() {
    if (write != null) {
      write.run();
    }
    for (int i = 0; i < calls.size(); i++) {
      calls.get(i).run();
    }
    calls.clear();
  }

  void begin() {
    begun = true;
  }

  long time() {
    return begun ? Math.max(0, scheduler.now()) : 0;
  }

  /** An operation's lines share everything but type and value. */
  record Who(int process, String f, @Nullable Object key, String client, String node) {}

  /**
   * An invocation.
   *
   * @param intended when it was to be, or later than now if nobody said
   */
  void invoke(Who who, @Nullable Object value, long intended) {
    op(who, Entry.Type.INVOKE, value, null, false, intended);
  }

  /** A completion; {@code late} after the operation was given up as unknown. */
  void complete(Who who, @Nullable Object input, Result result, boolean late) {
    switch (result) {
      case Result.Ok ok -> op(who, Entry.Type.OK, ok.value(), null, late, Long.MAX_VALUE);
      case Result.Fail fail -> op(who, Entry.Type.FAIL, input, fail.reason(), late, Long.MAX_VALUE);
      case Result.Info info -> op(who, Entry.Type.INFO, input, info.reason(), late, Long.MAX_VALUE);
    }
  }

  private void op(
      Who who,
      Entry.Type type,
      @Nullable Object value,
      @Nullable String error,
      boolean late,
      long intended) {
    long time = time();
    add(
        new Entry.Op(
            index,
            time,
            who.process,
            type,
            who.f,
            who.key,
            value,
            error,
            who.client,
            who.node,
            late,
            Math.clamp(intended, 0, time)));
  }

  void fault(String kind, String id, Entry.Phase phase, Map<String, @Nullable Object> value) {
    add(new Entry.Fault(index, time(), kind, id, phase, new LinkedHashMap<>(value)));
  }

  void node(
      String node, int incarnation, long seq, String name, Map<String, @Nullable Object> facts) {
    add(new Entry.Node(index, time(), node, incarnation, seq, name, new LinkedHashMap<>(facts)));
  }

  /** The harness begins a phase of the run; {@code end} says that the run was not cut off. */
  void phase(String name) {
    phase(Map.of("name", name));
  }

  /** A phase with more to say than its {@code name}. */
  void phase(Map<String, @Nullable Object> facts) {
    phases++;
    add(new Entry.Node(index, time(), "harness", 1, phases, "phase", facts));
  }

  /** What the harness says of the run itself, besides its phases. */
  void note(String name, Map<String, @Nullable Object> facts) {
    phases++;
    add(new Entry.Node(index, time(), "harness", 1, phases, name, facts));
  }

  private void add(Entry entry) {
    index++;
    sink.accept(entry);
  }
}
