package dev.faultline.harness.run;

import dev.faultline.harness.Target.Liveness;
import dev.faultline.harness.Workload;
import dev.faultline.harness.gen.Generator;
import dev.faultline.node.KeyedRandom;
import dev.faultline.spec.CheckerSpec;
import dev.faultline.spec.Ending;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a run goes on after its faults: who is healed, and what progress is then waited for.
 *
 * @param core the nodes that are healed
 * @param workload what clients do meanwhile
 */
record Finish(Set<String> core, Liveness promise, Generator workload) {
  private static final String PROPERTY = "live.progress";

  /** The ending of a run; null if nothing is demanded. */
  static @Nullable Finish of(
      Ending ending, @Nullable Liveness promise, Workload workload, Workload.Plan plan) {
    Generator generator =
        ending == Ending.NONE || promise == null ? null : workload.progressGenerator(plan);
    if (generator == null || promise == null) {
      return null;
    }
    Set<String> all = new LinkedHashSet<>(plan.members().keySet());
    return new Finish(
        ending == Ending.ALL ? all : enough(all, promise, plan.setup().seed()), promise, generator);
  }

  /** What judges it; empty if nothing is promised or this workload cannot see it. */
  static List<CheckerSpec> checkers(
      @Nullable Liveness promise, Workload workload, Workload.Plan plan) {
    return promise == null || workload.progressGenerator(plan) == null
        ? List.of()
        : List.of(
            new CheckerSpec(
                PROPERTY,
                Map.of(
                    "boundNanos", promise.bound().toNanos(),
                    "everyNode", promise.everyNode(),
                    "functions", promise.functions())));
  }

  /** A smallest set that suffices: nodes are left out in a drawn order as long as the rest does. */
  private static Set<String> enough(Set<String> all, Liveness promise, long seed) {
    KeyedRandom random = KeyedRandom.of(seed, "ending");
    List<String> left = new ArrayList<>(all);
    Set<String> core = new LinkedHashSet<>(all);
    while (!left.isEmpty()) {
      String node = left.remove(random.nextInt(left.size()));
      Set<String> fewer = new LinkedHashSet<>(core);
      fewer.remove(node);
      if (promise.suffices().test(fewer)) {
        core = fewer;
      }
    }
    return core;
  }

  /** For the history: who is healed, and whose clients must see progress. */
  Map<String, @Nullable Object> facts(List<Workload.ClientSpec> clients) {
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    facts.put("name", "progress");
    facts.put("healed", List.copyOf(core));
    facts.put("serving", serving(clients));
    return facts;
  }

  private List<String> serving(List<Workload.ClientSpec> clients) {
    return clients.stream()
        .map(Workload.ClientSpec::node)
        .distinct()
        .filter(core::contains)
        .toList();
  }

  /** What the clients of the core do until they have seen what is promised, or time is over. */
  Generator demand(List<Workload.ClientSpec> clients, long now) {
    Map<String, String> nodes = new LinkedHashMap<>();
    clients.forEach(c -> nodes.put(c.id(), c.node()));
    Set<String> missing = new LinkedHashSet<>();
    for (String node : serving(clients)) {
      for (String f : promise.functions()) {
        missing.add(Demand.key(promise.everyNode() ? node : "", f));
      }
    }
    return new Demand(
        workload, core, nodes, promise.everyNode(), missing, now + promise.bound().toNanos());
  }

  /**
   * Ends when nothing is missing.
   *
   * @param nodes by client
   * @param missing functions that have not succeeded yet, with their node if that matters
   */
  private record Demand(
      Generator inner,
      Set<String> core,
      Map<String, String> nodes,
      boolean everyNode,
      Set<String> missing,
      long until)
      implements Generator {
    static String key(String node, String f) {
      return node + "/" + f;
    }

    @Override
    public Step next(Context context) {
      if (missing.isEmpty() || context.now() >= until) {
        return new Step.Done();
      }
      return switch (inner.next(context.only(free -> core.contains(free.node())))) {
        case Step.Do act -> new Step.Do(act.ask(), with(act.rest()));
        case Step.Wait wait -> new Step.Wait(Math.min(until, wait.until()), with(wait.rest()));
        case Step.Done done -> done;
      };
    }

    private Demand with(Generator next) {
      return new Demand(next, core, nodes, everyNode, missing, until);
    }

    @Override
    public Generator update(Context context, Completed done) {
      Generator next = inner.update(context.only(free -> core.contains(free.node())), done);
      String key = key(everyNode ? nodes.getOrDefault(done.client(), "") : "", done.f());
      if (done.outcome() != dev.faultline.history.Outcome.OK || !missing.contains(key)) {
        return with(next);
      }
      Set<String> fewer = new LinkedHashSet<>(missing);
      fewer.remove(key);
      return new Demand(next, core, nodes, everyNode, fewer, until);
    }
  }
}
