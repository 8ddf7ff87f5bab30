package dev.faultline.spec;

import dev.faultline.json.Durations;
import dev.faultline.json.JsonView;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a run was asked to be: {@code run.json}. With the history it is enough to judge
 * the run again without the target, and enough to repeat it.
 *
 * @param id names the run and its directory
 * @param variant {@code correct}, or the variant's name
 * @param options the target's and the workload's options, all of them, defaults included
 * @param nodes how many nodes were asked for; 0 for the target's default
 * @param concurrency how many clients; 0 for the workload's default
 * @param rate operations a second over all clients; 0 for the workload's own pace
 * @param script the operations; empty for those that the workload chooses
 * @param time how long the main phase lasts
 * @param plan the faults, after {@code --faults} was turned into a plan
 * @param ending what is demanded after the faults
 * @param minimums what must be exercised, so that the verdict means something
 * @param expects properties that the user adds to the claims; {@code all} for the workload's
 * @param checkers what judges the history
 * @param claims what the target promises
 * @param versions of Faultline, Java, the system under test …, for people
 */
public record RunSpec(
    String id,
    String target,
    String variant,
    String workload,
    String environment,
    Map<String, String> options,
    int nodes,
    int concurrency,
    double rate,
    List<Call> script,
    Duration time,
    long seed,
    FaultPlan plan,
    Ending ending,
    Minimums minimums,
    List<String> expects,
    List<CheckerSpec> checkers,
    List<Claim> claims,
    Map<String, String> versions) {
  /** The version of {@code run.json} that this code writes and reads. */
  public static final long FORMAT = 1;

  public RunSpec {
    script = List.copyOf(script);
  }

  /** A run whose operations the workload chooses, with the standard minimums. */
  public RunSpec(
      String id,
      String target,
      String variant,
      String workload,
      String environment,
      Map<String, String> options,
      int nodes,
      int concurrency,
      double rate,
      Duration time,
      long seed,
      FaultPlan plan,
      List<String> expects,
      List<CheckerSpec> checkers,
      List<Claim> claims,
      Map<String, String> versions) {
    this(
        id,
        target,
        variant,
        workload,
        environment,
        options,
        nodes,
        concurrency,
        rate,
        List.of(),
        time,
        seed,
        plan,
        Ending.NONE,
        Minimums.STANDARD,
        expects,
        checkers,
        claims,
        versions);
  }

  /** The target as a person names it: {@code grants}, or {@code grants:no-fencing}. */
  public String targetName() {
    return variant.equals("correct") ? target : target + ":" + variant;
  }

  /** The same run under another id, which names its directory and everything it starts. */
  public RunSpec withId(String id) {
    return copy(
        id, environment, nodes, concurrency, script, time, seed, plan, ending, minimums, versions);
  }

  /** The same run in another environment. */
  public RunSpec withEnvironment(String environment) {
    return copy(
        id, environment, nodes, concurrency, script, time, seed, plan, ending, minimums, versions);
  }

  /** The same run with these versions besides those that it has. */
  public RunSpec withVersions(Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(versions);
    all.putAll(more);
    return copy(
        id, environment, nodes, concurrency, script, time, seed, plan, ending, minimums, all);
  }

  /** The same experiment with other choices of chance, faults and length. */
  public RunSpec with(long seed, FaultPlan plan, Duration time) {
    return copy(
        id, environment, nodes, concurrency, script, time, seed, plan, ending, minimums, versions);
  }

  /** The same experiment in another size; each as the field of that name. */
  public RunSpec sized(int nodes, int concurrency) {
    return copy(
        id, environment, nodes, concurrency, script, time, seed, plan, ending, minimums, versions);
  }

  /** The same experiment with these operations. */
  public RunSpec scripted(List<Call> script) {
    return copy(
        id, environment, nodes, concurrency, script, time, seed, plan, ending, minimums, versions);
  }

  /** The same experiment with another ending. */
  public RunSpec ending(Ending ending) {
    return copy(
        id, environment, nodes, concurrency, script, time, seed, plan, ending, minimums, versions);
  }

  /** The same experiment, which must exercise at least so much. */
  public RunSpec minimums(Minimums minimums) {
    return copy(
        id, environment, nodes, concurrency, script, time, seed, plan, ending, minimums, versions);
  }

  /** The same but for what can be changed. */
  private RunSpec copy(
      String id,
      String environment,
      int nodes,
      int concurrency,
      List<Call> script,
      Duration time,
      long seed,
      FaultPlan plan,
      Ending ending,
      Minimums minimums,
      Map<String, String> versions) {
    return new RunSpec(
        id,
        target,
        variant,
        workload,
        environment,
        options,
        nodes,
        concurrency,
        rate,
        script,
        time,
        seed,
        plan,
        ending,
        minimums,
        expects,
        checkers,
        claims,
        versions);
  }

  /** The JSON form. */
  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("formatVersion", FORMAT);
    map.put("id", id);
    map.put("target", target);
    map.put("variant", variant);
    map.put("workload", workload);
    map.put("environment", environment);
    map.put("options", options);
    map.put("nodes", (long) nodes);
    map.put("concurrency", (long) concurrency);
    map.put("rate", rate);
    if (!script.isEmpty()) {
      map.put("script", script.stream().map(Call::toJson).toList());
    }
    map.put("time", Durations.format(time));
    map.put("seed", seed);
    map.putAll(plan.toJson());
    if (ending != Ending.NONE) {
      map.put("ending", ending.word());
    }
    if (!minimums.equals(Minimums.STANDARD)) {
      map.put("minimums", minimums.toJson());
    }
    map.put("expects", expects);
    map.put("checkers", checkers.stream().map(CheckerSpec::toJson).toList());
    map.put("claims", claims.stream().map(Claim::toJson).toList());
    map.put("versions", versions);
    return map;
  }

  /**
   * Reads the JSON form.
   *
   * @throws dev.faultline.json.JsonException naming the place and the value
   */
  public static RunSpec fromJson(JsonView view) {
    long format = view.get("formatVersion").integer();
    if (format != FORMAT) {
      throw view.error("format version " + format + ", and this build reads " + FORMAT);
    }
    JsonView script = view.find("script");
    return new RunSpec(
        view.get("id").string(),
        view.get("target").string(),
        view.get("variant").string(),
        view.get("workload").string(),
        view.get("environment").string(),
        view.get("options").stringMap(),
        (int) view.get("nodes").integer(),
        (int) view.get("concurrency").integer(),
        view.get("rate").number(),
        script == null ? List.of() : script.list().stream().map(Call::fromJson).toList(),
        view.get("time").duration(),
        view.get("seed").integer(),
        FaultPlan.fromJson(view),
        Ending.of(view),
        Minimums.fromJson(view.find("minimums")),
        view.get("expects").strings(),
        view.get("checkers").list().stream().map(CheckerSpec::fromJson).toList(),
        view.get("claims").list().stream().map(Claim::fromJson).toList(),
        view.get("versions").stringMap());
  }
}
