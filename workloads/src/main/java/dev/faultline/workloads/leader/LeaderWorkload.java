package dev.faultline.workloads.leader;

import dev.faultline.harness.Target.Option;
import dev.faultline.harness.Workload;
import dev.faultline.harness.gen.Generator;
import dev.faultline.harness.gen.Generator.Ask;
import dev.faultline.harness.gen.Generators;
import dev.faultline.spec.CheckerSpec;
import dev.faultline.spec.Minimums;
import dev.faultline.workloads.Settings;
import java.time.Duration;
import java.util.List;

/**
 * Every participant of an election is asked all the time whether it believes to lead. A participant
 * is a node, or a client that takes part itself (with a library such as Curator, in a host of its
 * own, from the opening of its session to its end). A belief is answered from what the participant
 * itself knows, without asking anybody: it is the belief that must be exclusive.
 *
 * <p>{@code term} is a number that one participant has only once, for one stretch of leading: a
 * term of the protocol, or what the session counts up or was given each time that it wins. It must
 * be read in one step with the belief. A participant reports each win as the event {@code leader
 * {term}}. Deadlines are long, so that one that was paused can come back and answer, which is the
 * point.
 */
public final class LeaderWorkload implements Workload {
  private static final int PARTICIPANTS = 3;

  @Override
  public String id() {
    return "leader";
  }

  @Override
  public String summary() {
    return "ask the participants of an election whether they lead";
  }

  @Override
  public Interface clientInterface() {
    return new Interface(
        "leader",
        List.of(
            new Function(
                "leader?",
                "null",
                "{leader: true or false, term if it leads, who: the participant}",
                "none"),
            new Function("resign", "null", "null", "it does not lead")));
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option("ask", "50ms", List.of(), "time between two questions to a participant"),
        new Option(
            "resigns", "0", List.of(), "share of operations that give leadership up, per mille"));
  }

  @Override
  public List<ClientSpec> clients(Plan plan) {
    int asked = plan.setup().concurrency();
    List<String> nodes = List.copyOf(plan.members().keySet());
    return Settings.inTurn(
        asked > 0 ? asked : Math.max(PARTICIPANTS, nodes.size()), nodes, "participant");
  }

  @Override
  public Generator generator(Plan plan) {
    Duration gap = Settings.duration(plan.setup(), "ask");
    int resigns = Settings.number(plan.setup(), "resigns", 0, 1_000);
    Generator questions =
        Generators.eachClient(
            names(plan),
            c ->
                Generators.every(
                    gap,
                    Generators.ops(
                        "leader/" + c,
                        (client, random, n) ->
                            new Ask(
                                client.client(),
                                random.nextInt(1_000) < resigns ? "resign" : "leader?",
                                null,
                                null))));
    double rate = plan.setup().rate();
    return rate > 0 ? Generators.rate("leader/pace", rate, questions) : questions;
  }

  @Override
  public Generator finalGenerator(Plan plan) {
    return Generators.eachClient(
        names(plan),
        c ->
            Generators.limit(
                3,
                Generators.every(
                    Duration.ofMillis(200),
                    Generators.untilOk(
                        Generators.ops(
                            "leader/final/" + c, Generators.call("leader?", null, null))))));
  }

  @Override
  public List<CheckerSpec> checkers(Plan plan) {
    return List.of(CheckerSpec.of("leader.no-overlapping-belief"));
  }

  /** A question changes nothing, and that is all that there is to do. */
  @Override
  public Minimums minimums(Plan plan) {
    return Minimums.STANDARD.reading("leader?").pairs(0);
  }

  @Override
  public Duration deadline(Plan plan, String f) {
    return Settings.longPatience(plan);
  }

  private List<String> names(Plan plan) {
    return clients(plan).stream().map(ClientSpec::id).toList();
  }
}
