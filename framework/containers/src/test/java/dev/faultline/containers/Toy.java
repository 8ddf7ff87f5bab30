package dev.faultline.containers;

import dev.faultline.harness.Cluster;
import dev.faultline.harness.Deployment;
import dev.faultline.harness.Deployment.Kit;
import dev.faultline.harness.Deployment.NodeSpec;
import dev.faultline.harness.Environment;
import dev.faultline.harness.Setup;
import dev.faultline.harness.Warden;
import dev.faultline.harness.Workload.ClientSpec;
import dev.faultline.node.Message;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A small deployment of toy nodes. */
final class Toy {
  private Toy() {}

  static Deployment deployment() {
    Kit kit = new Kit(ToyNode.class, Map.of(), true);
    return new Deployment(
        List.of(new NodeSpec("n1", "toy", kit), new NodeSpec("n2", "toy", kit)),
        Duration.ofSeconds(30));
  }

  static Environment.Request request(
      String runId, Path nodes, Environment.NodeEvents events, Warden warden) {
    Setup setup = new Setup("correct", "containers", Map.of(), 2, 1, 0, Duration.ofSeconds(5), 1);
    return new Environment.Request(
        runId,
        nodes,
        "toy",
        setup,
        deployment(),
        List.of(new ClientSpec("c1", "n1", "worker")),
        false,
        "toy",
        events,
        warden);
  }

  /** One question over a fresh connection of client c1 to node n1. */
  static Message ask(Cluster cluster, Message question, Duration within) throws Exception {
    CompletableFuture<Message> answer = new CompletableFuture<>();
    Cluster.Channel channel =
        cluster.connect(
            "c1",
            "n1",
            new Cluster.ChannelListener() {
              @Override
              public void message(Message message) {
                answer.complete(message);
              }

              @Override
              public void closed(String reason) {
                answer.completeExceptionally(new AssertionError(reason));
              }
            });
    try {
      channel.send(question);
      return answer.get(within.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      channel.close();
    }
  }
}
