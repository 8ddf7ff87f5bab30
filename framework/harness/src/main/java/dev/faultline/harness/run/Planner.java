package dev.faultline.harness.run;

import dev.faultline.harness.Deployment;
import dev.faultline.harness.Environment;
import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.Setup;
import dev.faultline.harness.Target;
import dev.faultline.harness.VirtualTime;
import dev.faultline.harness.Workload;
import dev.faultline.spec.CheckerSpec;
import dev.faultline.spec.Claim;
import dev.faultline.spec.Ending;
import dev.faultline.spec.FaultPlan;
import dev.faultline.spec.Minimums;
import dev.faultline.spec.RunSpec;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Fills in every default of a request and checks it. */
final class Planner {
  private static final Duration TIME = Duration.ofSeconds(20);
  private static final String NO_CRASH = "node.no-crash";

  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  /** The last second in which a run was planned here, and how many were in it. */
  private static String second = "";

  private static int inSecond;

  private Planner() {}

  /** Of the second and what is tested; those of one JVM differ. */
  private static synchronized String id(String tested) {
    String now = LocalDateTime.now(ZoneOffset.UTC).format(STAMP);
    inSecond = now.equals(second) ? inSecond + 1 : 1;
    second = now;
    return "%s-%s%s".formatted(now, tested, inSecond == 1 ? "" : "-" + inSecond);
  }

  static RunSpec plan(Request request) {
    String[] name = request.target().split(":", 2);
    Target target = Catalog.target(name[0]);
    Target.Variant variant =
        name.length == 2 ? Catalog.variant(target, name[1]) : target.variants().get(0);
    String named = request.workload();
    Workload workload = workload(target, named == null ? variant.workload() : named);
    Environment environment = environment(target, request.environment());
    Duration time = request.time() == null ? TIME : request.time();
    if (time.toMillis() < 500) {
      throw new EnvironmentException(
          "--time " + time.toMillis() + "ms is too short; use at least 500ms");
    }
    long seed =
        request.seed() == null ? ThreadLocalRandom.current().nextLong(1_000_000) : request.seed();
    Setup setup =
        new Setup(
            variant.name(),
            environment.id(),
            options(target, workload, request.options()),
            request.nodes(),
            request.concurrency(),
            request.rate(),
            time,
            seed);
    Deployment deployment = deployment(target, setup);
    Workload.Plan plan = new Workload.Plan(setup, deployment.members(), target.timing(setup));
    List<Claim> claims = claims(target);
    Set<String> capabilities = environment.capabilities(deployment);
    FaultPlan asked =
        request.plan() != null
            ? request.plan()
            : FaultChoice.mix(
                FaultChoice.chosen(request.faults(), environment, deployment, target, seed),
                target,
                workload.clientInterface().id(),
                claims,
                plan);
    FaultPlan faults = ClockMeans.settled(asked, deployment);
    new PlanCheck(
            "fault plan",
            environment.id(),
            capabilities,
            environment.refusals(deployment),
            deployment,
            clientNames(workload, plan),
            target.selectors(workload.clientInterface().id()),
            time)
        .check(faults);
    String id = id(target.id() + "-" + variant.name());
    List<CheckerSpec> checkers = checkers(target, environment, workload, plan);
    RunSpec spec =
        new RunSpec(
            id,
            target.id(),
            variant.name(),
            workload.id(),
            environment.id(),
            setup.options(),
            request.nodes(),
            request.concurrency(),
            request.rate(),
            time,
            seed,
            faults,
            expects(request, workload, checkers),
            checkers,
            claims,
            versions(target));
    // Where it is not judged, nothing is demanded.
    return spec.minimums(minimums(target, workload, plan))
        .ending(
            Finish.checkers(liveness(target, environment, workload, setup), workload, plan)
                    .isEmpty()
                ? Ending.NONE
                : Ending.ALL);
  }

  /** The pieces that a spec names, checked again: a spec may come from a file. */
  record Cast(
      Target target,
      Workload workload,
      Environment environment,
      Deployment deployment,
      Workload.Plan plan,
      @Nullable Finish finish) {}

  static Cast cast(RunSpec spec) {
    Target target = Catalog.target(spec.target());
    Target.Variant unused = Catalog.variant(target, spec.variant());
    Workload workload = workload(target, spec.workload());
    return cast(
        spec,
        target,
        workload,
        environment(target, spec.environment()),
        options(target, workload, spec.options()));
  }

  /** As {@link #cast(RunSpec)}, without looking up again what an earlier spec named alike. */
  static Cast cast(RunSpec spec, Cast known) {
    Setup setup = known.plan().setup();
    boolean alike =
        spec.target().equals(known.target().id())
            && spec.variant().equals(setup.variant())
            && spec.workload().equals(known.workload().id())
            && spec.environment().equals(known.environment().id())
            && spec.options().equals(setup.options());
    return alike
        ? cast(spec, known.target(), known.workload(), known.environment(), setup.options())
        : cast(spec);
  }

  private static Cast cast(
      RunSpec spec,
      Target target,
      Workload workload,
      Environment environment,
      Map<String, String> options) {
    Setup setup =
        new Setup(
            spec.variant(),
            spec.environment(),
            options,
            spec.nodes(),
            spec.concurrency(),
            spec.rate(),
            spec.time(),
            spec.seed());
    Deployment deployment = deployment(target, setup);
    Workload.Plan plan = new Workload.Plan(setup, deployment.members(), target.timing(setup));
    new PlanCheck(
            "run.json",
            environment.id(),
            environment.capabilities(deployment),
            environment.refusals(deployment),
            deployment,
            clientNames(workload, plan),
            target.selectors(workload.clientInterface().id()),
            spec.time())
        .check(spec.plan());
    Workload scripted = ScriptedWorkload.of(workload, spec.script(), plan);
    Finish finish =
        Finish.of(spec.ending(), liveness(target, environment, workload, setup), scripted, plan);
    Deployment needed = OwnDisks.given(LogAnchors.watched(deployment, spec.plan()), spec.plan());
    return new Cast(target, scripted, environment, needed, plan, finish);
  }

  private static Deployment deployment(Target target, Setup setup) {
    try {
      return target.deployment(setup);
    } catch (IllegalArgumentException e) {
      throw new EnvironmentException(target.id() + ": " + e.getMessage(), e);
    }
  }

  private static Set<String> clientNames(Workload workload, Workload.Plan plan) {
    Set<String> names = new LinkedHashSet<>();
    workload.clients(plan).forEach(c -> names.add(c.id()));
    return names;
  }

  private static Workload workload(Target target, @Nullable String asked) {
    if (asked != null) {
      Workload workload = Catalog.workload(asked);
      if (!target.interfaces().contains(workload.clientInterface().id())) {
        throw new EnvironmentException(
            "workload '%s' needs the client interface '%s', and %s offers: %s"
                .formatted(
                    asked,
                    workload.clientInterface().id(),
                    target.id(),
                    String.join(", ", target.interfaces())));
      }
      return workload;
    }
    String wanted = target.interfaces().get(0);
    return Catalog.workloads().stream()
        .filter(w -> w.clientInterface().id().equals(wanted))
        .findFirst()
        .orElseThrow(() ->
            new EnvironmentException(
                "no workload speaks '%s', which %s offers; see: faultline list workloads"
                    .formatted(wanted, target.id())));
  }

  private static Environment environment(Target target, @Nullable String asked) {
    String id = asked != null ? asked : target.environments().get(0);
    Environment environment = Catalog.environment(id);
    if (!target.environments().contains(id)) {
      throw new EnvironmentException(
          "%s runs in %s only, not in '%s'"
              .formatted(target.id(), String.join(" and ", target.environments()), id));
    }
    String why = environment.unavailable();
    if (why != null) {
      String only =
          target.environments().size() == 1
              ? target.id() + " runs in " + id + " only, and "
              : "environment " + id + ": ";
      throw new EnvironmentException(only + why);
    }
    return environment;
  }

  /** Workload's and target's options; a target's default wins, since it knows what it bears. */
  private static Map<String, String> options(
      Target target, Workload workload, Map<String, String> asked) {
    Map<String, Target.Option> known = new LinkedHashMap<>();
    workload.options().forEach(o -> known.put(o.name(), o));
    target.options().forEach(o -> known.put(o.name(), o));
    Map<String, String> options = new TreeMap<>();
    known.forEach((name, option) -> options.put(name, option.defaultValue()));
    asked.forEach((name, value) -> {
      Target.Option option = known.get(name);
      if (option == null) {
        throw new EnvironmentException(
            "-o %s=%s: %s with workload %s has no option '%s'; known: %s"
                .formatted(
                    name,
                    value,
                    target.id(),
                    workload.id(),
                    name,
                    known.isEmpty() ? "none" : String.join(", ", known.keySet())));
      }
      if (!option.values().isEmpty() && !option.values().contains(value)) {
        throw new EnvironmentException(
            "-o %s=%s: want one of %s".formatted(name, value, String.join(", ", option.values())));
      }
      options.put(name, value);
    });
    return options;
  }

  /** Progress is promised where time is virtual: on real machines one miss proves nothing. */
  private static Target.@Nullable Liveness liveness(
      Target target, Environment environment, Workload workload, Setup setup) {
    return environment instanceof VirtualTime
        ? target.liveness(workload.clientInterface().id(), setup)
        : null;
  }

  /** The workload's, with what the target says of its nodes and their recovery. */
  private static Minimums minimums(Target target, Workload workload, Workload.Plan plan) {
    Target.Liveness promise = target.liveness(workload.clientInterface().id(), plan.setup());
    List<String> spared = new ArrayList<>();
    for (String node : plan.members().keySet()) {
      Set<String> others = new LinkedHashSet<>(plan.members().keySet());
      others.remove(node);
      if (promise != null && promise.suffices().test(others)) {
        spared.add(node);
      }
    }
    return workload
        .minimums(plan)
        .of(
            plan.members(),
            target.signs(workload.clientInterface().id()),
            plan.timing().detection().multipliedBy(2).plusSeconds(1),
            spared,
            promise == null ? null : promise.bound());
  }

  private static List<CheckerSpec> checkers(
      Target target, Environment environment, Workload workload, Workload.Plan plan) {
    List<CheckerSpec> checkers = new ArrayList<>(workload.checkers(plan));
    checkers.addAll(target.checkers());
    checkers.addAll(
        Finish.checkers(liveness(target, environment, workload, plan.setup()), workload, plan));
    if (checkers.stream().noneMatch(c -> c.property().equals(NO_CRASH))) {
      checkers.add(CheckerSpec.of(NO_CRASH));
    }
    return List.copyOf(checkers);
  }

  private static List<Claim> claims(Target target) {
    List<Claim> claims = new ArrayList<>(target.claims());
    if (claims.stream().noneMatch(c -> c.property().equals(NO_CRASH))) {
      claims.add(
          Claim.of(
              NO_CRASH,
              "claimed of every target by default",
              "partition",
              "link",
              "pause",
              "kill",
              "stop",
              "clock"));
    }
    return List.copyOf(claims);
  }

  private static List<String> expects(
      Request request, Workload workload, List<CheckerSpec> checkers) {
    List<String> known = checkers.stream().map(CheckerSpec::property).toList();
    for (String property : request.expects()) {
      if (!property.equals("all") && !known.contains(property)) {
        throw new EnvironmentException(
            "--expect %s: workload %s does not judge that; it judges: %s (or: all)"
                .formatted(property, workload.id(), String.join(", ", known)));
      }
    }
    return List.copyOf(request.expects());
  }

  private static Map<String, String> versions(Target target) {
    Map<String, String> versions = new TreeMap<>(target.versions());
    String own = Planner.class.getPackage().getImplementationVersion();
    versions.put("faultline", own == null ? "development" : own);
    versions.put("java", System.getProperty("java.runtime.version", "unknown"));
    versions.put(
        "os",
        System.getProperty("os.name", "unknown") + " " + System.getProperty("os.version", ""));
    return versions;
  }
}
