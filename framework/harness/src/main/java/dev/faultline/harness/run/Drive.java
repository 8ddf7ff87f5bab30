package dev.faultline.harness.run;

import dev.faultline.harness.Client;
import dev.faultline.harness.Client.Result;
import dev.faultline.harness.Cluster;
import dev.faultline.harness.Scheduler;
import dev.faultline.harness.Workload.ClientSpec;
import dev.faultline.harness.gen.Generator;
import dev.faultline.harness.gen.Generators;
import dev.faultline.history.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Drives the clients by a generator. An invocation is recorded before the call and a completion
 * after it; an operation that has no answer by its deadline is recorded as unknown, its process is
 * retired and its client goes on with a fresh one. For the loop's thread; answers may come from
 * any.
 */
final class Drive {
  /** After an outcome other than ok a client rests, so that a dead node is not called in a spin. */
  private static final Duration REST_AFTER_FAIL = Duration.ofMillis(20);

  private static final Duration REST_AFTER_INFO = Duration.ofMillis(100);

  private final Scheduler scheduler;
  private final Recorder recorder;
  private @Nullable Latencies latencies;
  private long seed;
  private final Function<String, Duration> deadline;
  private final Definite definite;
  private final Map<String, Duration> deadlines = new LinkedHashMap<>();
  private final Map<String, Caller> callers = new LinkedHashMap<>();
  private int processes;

  /** The clients that can be asked; null when that has changed. */
  private @Nullable List<Generator.Free> free;

  private int open;
  private @Nullable Generator generator;
  private @Nullable Runnable onDone;
  private Scheduler.@Nullable Task wake;

  /**
   * @param deadline the longest time for a function
   * @param definite what a failure is worth
   */
  Drive(
      Scheduler scheduler,
      Recorder recorder,
      long seed,
      Function<String, Duration> deadline,
      Definite definite) {
    this.scheduler = scheduler;
    this.recorder = recorder;
    this.seed = seed;
    this.deadline = deadline;
    this.definite = definite;
  }

  /** From now on tells how long each operation took. */
  void measure(Latencies to) {
    latencies = to;
  }

  void add(ClientSpec spec, Cluster.Host port) {
    callers.put(spec.id(), new Caller(spec, port, processes++));
    free = null;
  }

  /** Runs a generator; then calls back, when it is done and no operation is open. */
  void run(Generator next, Runnable done) {
    generator = next;
    onDone = done;
    pump();
  }

  /** What the generators draw from here on is drawn anew. */
  void reseed(long salt) {
    seed ^= salt;
  }

  /** A generator for the clients that the one that runs has nothing for. */
  void besides(Generator other) {
    generator = generator == null ? other : Generators.any(generator, other);
    pump();
  }

  /** Asks for nothing more; what is open may end. */
  void stop() {
    generator = null;
    pump();
  }

  /** Counts from the call on. */
  Tally tally() {
    return new Tally();
  }

  /** Counts outcomes from its creation on. */
  final class Tally {
    private final long othersBefore = others;

    /** Whether every operation ended ok; also when there was none. */
    boolean complete() {
      return others == othersBefore;
    }
  }

  private long others;

  private static final class Caller {
    final ClientSpec spec;
    final Cluster.Host port;
    final Generator.Free asFree;
    int process;
    boolean free = true;

    Caller(ClientSpec spec, Cluster.Host port, int process) {
      this.spec = spec;
      this.asFree = new Generator.Free(spec.id(), spec.node(), spec.duty());
      this.port = port;
      this.process = process;
    }
  }

  private final class Open {
    final Caller caller;
    final Generator.Ask ask;
    final Recorder.Who who;
    final Scheduler.Task timeout;
    final long invoked = scheduler.now();
    boolean completed;
    boolean answered;

    Open(Caller caller, Generator.Ask ask) {
      this.caller = caller;
      this.ask = ask;
      this.who =
          new Recorder.Who(
              caller.process, ask.f(), ask.key(), caller.spec.id(), caller.spec.node());
      Duration within = deadlines.computeIfAbsent(ask.f(), deadline);
      this.timeout = scheduler.after(within, () -> timedOut(this, within));
    }
  }

  private void pump() {
    if (wake != null) {
      wake.cancel();
      wake = null;
    }
    while (generator != null) {
      Generator.Context context = context();
      switch (generator.next(context)) {
        case Generator.Step.Do step -> {
          generator = step.rest();
          invoke(step.ask());
        }
        case Generator.Step.Wait step -> {
          generator = step.rest();
          if (step.until() != Long.MAX_VALUE) {
            wake = scheduler.at(Math.max(step.until(), scheduler.now() + 1), this::pump);
          }
          return;
        }
        case Generator.Step.Done done -> generator = null;
      }
    }
    Runnable callback = onDone;
    if (open == 0 && callback != null) {
      onDone = null;
      callback.run();
    }
  }

  private Generator.Context context() {
    List<Generator.Free> clients = free;
    if (clients == null) {
      List<Generator.Free> found = new ArrayList<>(callers.size());
      for (Caller caller : callers.values()) {
        if (caller.free) {
          found.add(caller.asFree);
        }
      }
      clients = Collections.unmodifiableList(found);
      free = clients;
    }
    return new Generator.Context(scheduler.now(), clients, seed);
  }

  private void free(Caller caller, boolean now) {
    caller.free = now;
    free = null;
  }

  private void invoke(Generator.Ask ask) {
    Caller caller = callers.get(ask.client());
    if (caller == null || !caller.free) {
      throw new IllegalStateException("generator asked client '" + ask.client() + "', not free");
    }
    free(caller, false);
    open++;
    Open op = new Open(caller, ask);
    recorder.invoke(op.who, ask.value(), ask.intended());
    Client.Invocation invocation =
        new Client.Invocation(
            caller.spec.id(), caller.spec.node(), ask.f(), ask.key(), ask.value());
    recorder.call(
        () -> caller.port.invoke(invocation, result -> scheduler.post(() -> answer(op, result))));
  }

  private void answer(Open op, Result answer) {
    if (op.answered) {
      return;
    }
    op.answered = true;
    Result result =
        answer instanceof Result.Fail fail
            ? definite.judge(op.caller.spec.id(), op.ask.f(), fail)
            : answer;
    if (op.completed) {
      if (!(result instanceof Result.Info)) {
        recorder.complete(op.who, op.ask.value(), result, true);
      }
      return;
    }
    op.timeout.cancel();
    complete(op, result);
  }

  private void timedOut(Open op, Duration within) {
    if (!op.completed) {
      complete(op, new Result.Info("no answer within " + within.toMillis() + " ms"));
    }
  }

  private void complete(Open op, Result result) {
    op.completed = true;
    if (latencies != null) {
      latencies.ended(op.ask, op.invoked, scheduler.now());
    }
    recorder.complete(op.who, op.ask.value(), result, false);
    open--;
    Caller caller = op.caller;
    Outcome outcome;
    Object output = null;
    Duration rest;
    switch (result) {
      case Result.Ok ok -> {
        outcome = Outcome.OK;
        output = ok.value();
        rest = Duration.ZERO;
      }
      case Result.Fail fail -> {
        outcome = Outcome.FAIL;
        rest = REST_AFTER_FAIL;
        others++;
      }
      case Result.Info info -> {
        outcome = Outcome.INFO;
        rest = REST_AFTER_INFO;
        others++;
        caller.process = processes++;
        caller.port.reopen();
      }
    }
    if (generator != null) {
      generator =
          generator.update(
              context(),
              new Generator.Completed(
                  caller.spec.id(), op.ask.f(), op.ask.key(), op.ask.value(), outcome, output));
    }
    if (rest.isZero()) {
      free(caller, true);
    } else {
      scheduler.after(
          rest,
          () -> {
            free(caller, true);
            pump();
          });
    }
    pump();
  }
}
