package dev.faultline.harness.search;

import dev.faultline.harness.Workload.ClientSpec;
import dev.faultline.harness.run.Size;
import dev.faultline.history.Entry;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import dev.faultline.spec.Anchor;
import dev.faultline.spec.Call;
import dev.faultline.spec.Fault;
import dev.faultline.spec.FaultPlan;
import dev.faultline.spec.RunSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a run's clients did as a script, and scripts in other shapes. */
public final class Scripts {
  private static final String HARNESS = "harness";
  private static final String PHASE = "phase";

  private Scripts() {}

  /** The operations of a run, each at the time at which it was invoked. */
  public static List<Call> of(History history) {
    // What clients do to see progress is no part of it.
    long ended = Math.min(phase(history, "progress"), phase(history, "final"));
    long healed = phase(history, "final");
    // The calls at the end are repeated until they succeed, so once is enough.
    Set<Call> calls = new LinkedHashSet<>();
    for (Operation op : history.operations()) {
      String client = op.client();
      if (client != null && (op.invoked() < ended || op.invoked() >= healed)) {
        Duration at = op.invoked() < healed ? Duration.ofNanos(op.invokeTime()) : null;
        calls.add(new Call(at, client, op.f(), op.key(), op.input()));
      }
    }
    return List.copyOf(calls);
  }

  private static long phase(History history, String name) {
    return history.nodeEvents().stream()
        .filter(e -> e.node().equals(HARNESS) && e.name().equals(PHASE))
        .filter(e -> name.equals(e.facts().get("name")))
        .mapToLong(Entry.Node::index)
        .findFirst()
        .orElse(Long.MAX_VALUE);
  }

  /**
   * A spec in another size. Clients are numbered anew then: who serves the same node in the same
   * duty goes on with the calls, and those of clients that are no longer there are left out.
   */
  static RunSpec sized(RunSpec spec, int nodes, int concurrency) {
    RunSpec sized = spec.scripted(List.of()).sized(nodes, concurrency);
    if (spec.script().isEmpty()) {
      return sized;
    }
    Map<List<Object>, String> after = places(Size.of(sized));
    Map<String, String> renamed = new LinkedHashMap<>();
    places(Size.of(spec.scripted(List.of())))
        .forEach((place, client) -> {
          String other = after.get(place);
          if (other != null) {
            renamed.put(client, other);
          }
        });
    List<Call> calls = new ArrayList<>();
    for (Call call : spec.script()) {
      String client = renamed.get(call.client());
      if (client != null) {
        calls.add(new Call(call.at(), client, call.f(), call.key(), call.value()));
      }
    }
    return sized.scripted(calls);
  }

  /** Clients by node, duty and how many such there are before. */
  private static Map<List<Object>, String> places(Size size) {
    Map<List<Object>, String> places = new LinkedHashMap<>();
    for (ClientSpec client : size.who()) {
      int n = 0;
      while (places.containsKey(List.<Object>of(client.node(), client.duty(), n))) {
        n++;
      }
      places.put(List.of(client.node(), client.duty(), n), client.id());
    }
    return places;
  }

  /** A scripted spec with everything that has a time earlier by this much. */
  static RunSpec earlier(RunSpec spec, Duration by) {
    List<Call> calls = new ArrayList<>();
    for (Call call : spec.script()) {
      Duration at = call.at();
      calls.add(at == null ? call : call.at(at.minus(by)));
    }
    List<Fault> faults = new ArrayList<>();
    for (Fault fault : spec.plan().faults()) {
      faults.add(Simpler.starting(fault, earlier(fault.from(), by)));
    }
    return spec.scripted(calls).with(spec.seed(), new FaultPlan(faults), spec.time().minus(by));
  }

  private static Anchor earlier(Anchor anchor, Duration by) {
    return switch (anchor) {
      case Anchor.At at -> new Anchor.At(at.at().minus(by));
      case Anchor.On on -> {
        Duration latest = on.latest();
        yield new Anchor.On(
            on.event(),
            on.nth(),
            on.plus(),
            sooner(on.after(), by),
            latest == null ? null : sooner(latest, by));
      }
    };
  }

  private static Duration sooner(Duration time, Duration by) {
    return time.compareTo(by) < 0 ? Duration.ZERO : time.minus(by);
  }

  /** The first time in a scripted spec. */
  static Duration first(RunSpec spec) {
    List<Duration> times = new ArrayList<>();
    for (Call call : spec.script()) {
      Duration at = call.at();
      if (at != null) {
        times.add(at);
      }
    }
    for (Fault fault : spec.plan().faults()) {
      if (fault.from() instanceof Anchor.At at) {
        times.add(at.at());
      }
    }
    return times.stream().min(Duration::compareTo).orElse(Duration.ZERO);
  }
}
