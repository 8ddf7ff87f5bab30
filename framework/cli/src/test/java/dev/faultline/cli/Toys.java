package dev.faultline.cli;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Checker;
import dev.faultline.checker.CheckerFactory;
import dev.faultline.checker.Property;
import dev.faultline.checker.Verdict;
import dev.faultline.checker.Witness;
import dev.faultline.harness.Client;
import dev.faultline.harness.Cluster;
import dev.faultline.harness.Deployment;
import dev.faultline.harness.Environment;
import dev.faultline.harness.Report;
import dev.faultline.harness.Setup;
import dev.faultline.harness.Target;
import dev.faultline.harness.Warden;
import dev.faultline.harness.Workload;
import dev.faultline.harness.gen.Generator;
import dev.faultline.harness.gen.Generators;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import dev.faultline.history.Outcome;
import dev.faultline.json.Json;
import dev.faultline.json.JsonView;
import dev.faultline.spec.CheckerSpec;
import dev.faultline.spec.Claim;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One fake of everything that the command line finds by {@link java.util.ServiceLoader}. */
public final class Toys {
  private Toys() {}

  /** A target with one broken variant. */
  public static final class Toy implements Target {
    @Override
    public String id() {
      return "toy";
    }

    @Override
    public String kind() {
      return "pattern";
    }

    @Override
    public String summary() {
      return "counts";
    }

    @Override
    public List<String> patterns() {
      return List.of("Counter");
    }

    @Override
    public List<Variant> variants() {
      return List.of(new Variant("correct", "counts"), new Variant("forgetful", "forgets"));
    }

    @Override
    public List<Option> options() {
      return List.of(new Option("size", "small", List.of("small", "large"), "how much"));
    }

    @Override
    public List<Claim> claims() {
      return List.of(Claim.of("toy.no-zero", "its page", "pause"));
    }

    @Override
    public List<String> environments() {
      return List.of("bench");
    }

    @Override
    public List<String> interfaces() {
      return List.of("counting");
    }

    @Override
    public Deployment deployment(Setup setup) {
      Deployment.Image image =
          new Deployment.Image("none", List.of(), Map.of(), 1, List.of(), "", List.of());
      return new Deployment(
          List.of(new Deployment.NodeSpec("n1", "server", image)), Duration.ofSeconds(1));
    }

    @Override
    public Client client(String clientInterface, Setup setup) {
      throw new UnsupportedOperationException("the bench starts nothing");
    }

    @Override
    public Timing timing(Setup setup) {
      return new Timing(Duration.ofMillis(100), Duration.ofMillis(500));
    }

    @Override
    public Map<String, String> selectors(String clientInterface) {
      return Map.of("$keeper", "keeping");
    }

    @Override
    public List<String> anchors(String clientInterface) {
      return List.of();
    }
  }

  /** A workload of one function. */
  public static final class Counting implements Workload {
    @Override
    public String id() {
      return "count";
    }

    @Override
    public String summary() {
      return "counts up";
    }

    @Override
    public Interface clientInterface() {
      return new Interface("counting", List.of(new Function("read", "null", "a number", "none")));
    }

    @Override
    public List<Target.Option> options() {
      return List.of();
    }

    @Override
    public List<ClientSpec> clients(Plan plan) {
      return List.of(new ClientSpec("c1", "n1", "worker"));
    }

    @Override
    public Generator generator(Plan plan) {
      return Generators.nothing();
    }

    @Override
    public Generator finalGenerator(Plan plan) {
      return Generators.nothing();
    }

    @Override
    public List<CheckerSpec> checkers(Plan plan) {
      return List.of(CheckerSpec.of("toy.no-zero"));
    }

    @Override
    public Duration deadline(Plan plan, String f) {
      return Duration.ofSeconds(1);
    }
  }

  /** An environment that can pause, and has no room for a cluster. */
  public static final class Bench implements Environment {
    @Override
    public String id() {
      return "bench";
    }

    @Override
    public String summary() {
      return "a table";
    }

    @Override
    public @Nullable String unavailable() {
      return null;
    }

    @Override
    public Set<String> capabilities(Deployment deployment) {
      return Set.of("pause");
    }

    @Override
    public Cluster cluster(Request request) {
      throw new IllegalStateException("the table is full");
    }
  }

  /** The words of the verdict. */
  public static final class Page implements Report.Screen {
    @Override
    public String id() {
      return "page";
    }

    @Override
    public String fileName() {
      return "page.txt";
    }

    @Override
    public String show(Input input, int width, boolean colour) {
      return (colour ? "\u001b[1m" : "")
          + input.judgement().status()
          + "  "
          + input.run().targetName()
          + "\n  again "
          + input.again()
          + "\n";
    }

    @Override
    public void write(Input input, Writer out) throws IOException {
      out.write(show(input, 100, false));
    }
  }

  /** The verdict as data. */
  public static final class Facts implements Report.Data {
    @Override
    public String id() {
      return "facts";
    }

    @Override
    public String fileName() {
      return "facts.json";
    }

    @Override
    public void write(Input input, Writer out) throws IOException {
      out.write(Json.write(Map.of("status", input.judgement().status().toString())));
    }
  }

  /** Something left behind, once. */
  public static final class Crumbs implements Warden.Leftovers {
    static final List<String> LEFT = new ArrayList<>();

    @Override
    public String id() {
      return "crumbs";
    }

    @Override
    public List<String> remove(String runId) {
      List<String> removed = List.copyOf(LEFT);
      LEFT.clear();
      return removed;
    }

    @Override
    public List<String> find() {
      return List.copyOf(LEFT);
    }
  }

  /** One rule: no read returns the parameter {@code bad}, 0 by default. */
  public static final class Rules implements CheckerFactory {
    @Override
    public List<Property> properties() {
      return List.of(
          new Property("toy.no-zero", "no read returns 0"),
          new Property("node.no-crash", "no node ends unasked"));
    }

    @Override
    public Checker create(String property, JsonView params) {
      JsonView given = params.find("bad");
      return new NoBadRead(new Property(property, property), given == null ? 0 : given.integer());
    }
  }

  private record NoBadRead(Property property, long bad) implements Checker {
    @Override
    public Verdict check(History history, Budget budget) {
      List<Operation> reads = history.operations(o -> o.outcome() == Outcome.OK);
      for (Operation read : reads) {
        if (Long.valueOf(bad).equals(read.output())) {
          return new Verdict.Invalid(
              "zero",
              new Witness(
                  "A read returned " + bad + ".",
                  List.of(Witness.Step.of(read, "read ok " + bad, "the bad one"))));
        }
      }
      return new Verdict.Valid(reads.size());
    }
  }
}
