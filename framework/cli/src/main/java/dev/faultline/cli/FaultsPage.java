package dev.faultline.cli;

import dev.faultline.harness.Deployment;
import dev.faultline.harness.Deployment.Image;
import dev.faultline.harness.Deployment.Kit;
import dev.faultline.harness.Deployment.Launch;
import dev.faultline.harness.Deployment.NodeSpec;
import dev.faultline.harness.Environment;
import dev.faultline.harness.run.Catalog;
import dev.faultline.harness.run.ClientFaults;
import dev.faultline.node.Env;
import dev.faultline.node.Message;
import dev.faultline.node.Node;
import dev.faultline.spec.FaultKinds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code docs/faults.md}: which kind of fault can be done where, from what environments say. */
final class FaultsPage {
  private static final String HEAD =
      """
      # Faults: what can be done where

      Written by `./faultline list faults --markdown` from what the environments say that they can do; a test holds
      this page against them. A plan with what they cannot is refused before anything starts, with the reason here.

      | class | what it is |
      | --- | --- |
      | kit | nodes written on the node kit: our own targets |
      | image | a real system in an image that has our preloaded library |
      | plain image | one without it: static, or not made for it |
      | client | a client in a host of its own, named as `c1`; as an end of links as every other client |

      What sees the receipts: for every cell that says "yes", `FaultsTableTest` makes a run and wants the receipt of the effect and
      of the end; it fails where a cell was visited by no run. Kit nodes and clients are those of a quorum register, images Redis under
      Sentinel, plain images etcd. With an injector that does nothing the same faults leave none: in `sim` `NoOpInjectorTest` (a healer
      that does nothing, too), in `local` `FaultsTableTest`. Link kinds say "no" where the user asked for the real Toxiproxy and it
      cannot do them.

      """;

  private static final List<String> CLASSES = List.of("kit", "image", "plain image", "client");

  private static final String LOOP =
      "only as root, and where the target says where its nodes keep their state (`LoopDiskTest`)";

  private FaultsPage() {}

  /** Whatever the environments need to know of a node. */
  private static final class AnyNode implements Node {
    @Override
    public void start(Env env) {}

    @Override
    public void onMessage(String from, Message message) {}
  }

  static String text() {
    StringBuilder page = new StringBuilder(HEAD);
    Map<String, Integer> reasons = new LinkedHashMap<>();
    List<String> columns = new ArrayList<>();
    List<Column> cells = new ArrayList<>();
    for (Environment environment : Catalog.environments()) {
      for (String one : CLASSES) {
        Column column = column(environment, one);
        if (column != null) {
          columns.add(environment.id() + ", " + one);
          cells.add(column);
        }
      }
    }
    page.append("| kind | ").append(String.join(" | ", columns)).append(" |\n| ---");
    page.append(" | ---".repeat(columns.size())).append(" |\n");
    for (String kind : FaultKinds.all()) {
      page.append("| `").append(kind).append("`");
      for (Column column : cells) {
        String why = column.why(kind);
        page.append(" | ")
            .append(
                why == null
                    ? "yes"
                    : "no (" + reasons.computeIfAbsent(why, w -> reasons.size() + 1) + ")");
      }
      page.append(" |\n");
    }
    page.append("\nWhy not:\n\n");
    reasons.forEach((why, number) ->
        page.append(number)
            .append(". ")
            .append(why.strip())
            .append(why.endsWith(".") ? "\n" : ".\n"));
    return page.toString();
  }

  /** One environment and class of target. */
  private interface Column {
    /** Why a kind cannot be done; null if it can. */
    @Nullable String why(String kind);
  }

  private static @Nullable Column column(Environment environment, String one) {
    Deployment deployment =
        new Deployment(
            List.of(
                new NodeSpec("n1", "node", launch(one)), new NodeSpec("n2", "node", launch(one))),
            Duration.ofSeconds(1));
    if (environment.capabilities(deployment).isEmpty()
        || (one.equals("client") && environment.id().equals("sim"))) {
      return null;
    }
    return kind -> {
      String ofClient = one.equals("client") ? ClientFaults.problem(kind) : null;
      if (ofClient != null || environment.capabilities(deployment).contains(kind)) {
        return ofClient;
      }
      if (kind.startsWith("disk.") && !kind.equals("disk.corrupt") && one.endsWith("image")) {
        // Here it may be possible, elsewhere not: the page is the same.
        return LOOP;
      }
      String why = environment.refusals(deployment).get(kind);
      return why == null ? "no reason known" : why;
    };
  }

  private static Launch launch(String one) {
    Image plain = new Image("image", List.of(), Map.of(), 1, List.of(), "", List.of());
    return switch (one) {
      case "image" -> plain.preloaded();
      case "plain image" -> plain;
      default -> new Kit(AnyNode.class, Map.of(), true);
    };
  }
}
