package dev.faultline.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.Cluster;
import dev.faultline.harness.Deployment;
import dev.faultline.harness.Environment;
import dev.faultline.harness.LinkState;
import dev.faultline.harness.Setup;
import dev.faultline.harness.Warden;
import dev.faultline.harness.Workload;
import dev.faultline.node.Message;
import dev.faultline.spec.Link;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A cluster of toys, as the runner would have it, and what it reported. */
final class Rig implements AutoCloseable {
  static final long SECONDS = 20;

  final List<String> events = new CopyOnWriteArrayList<>();
  final List<Long> processes = new CopyOnWriteArrayList<>();
  final List<Path> directories = new CopyOnWriteArrayList<>();
  final Cluster cluster;
  // As the runner does it: a number is never used twice, not even on another channel.
  private final AtomicLong ids = new AtomicLong();
  private final BlockingQueue<String> fresh = new LinkedBlockingQueue<>();

  Rig(String runId, Path nodeDir, int nodes, boolean time) {
    this(runId, nodeDir, nodes, time, false, null);
  }

  /**
   * @param warden is told everything too, if there is one
   */
  Rig(
      String runId,
      Path nodeDir,
      int nodes,
      boolean time,
      boolean hosted,
      @Nullable Warden warden) {
    List<Deployment.NodeSpec> specs = new ArrayList<>();
    List<Workload.ClientSpec> clients = new ArrayList<>();
    for (int i = 1; i <= nodes; i++) {
      specs.add(
          new Deployment.NodeSpec(
              "n" + i, "toy", new Deployment.Kit(ToyNode.class, Map.of("o", "1"), time)));
      clients.add(new Workload.ClientSpec("c" + i, "n" + i, "worker"));
    }
    Environment.Request request =
        new Environment.Request(
            runId,
            nodeDir,
            "toys",
            new Setup("correct", "local", Map.of(), nodes, 0, 0, Duration.ofSeconds(5), 7),
            new Deployment(specs, Duration.ofSeconds(30)),
            clients,
            hosted,
            hosted ? "toy-blocking" : "toy",
            (node, incarnation, seq, name, facts) -> {
              String text = node + " " + incarnation + "/" + seq + " " + name;
              events.add(text + " " + facts);
              fresh.add(text);
            },
            new Told(warden));
    cluster = new LocalEnvironment().cluster(request);
  }

  /** Remembers what a warden would be told. */
  private final class Told implements Warden {
    private final @Nullable Warden also;

    Told(@Nullable Warden also) {
      this.also = also;
    }

    @Override
    public void process(long pid) {
      processes.add(pid);
      if (also != null) {
        also.process(pid);
      }
    }

    @Override
    public void directory(Path directory) {
      directories.add(directory);
      if (also != null) {
        also.directory(directory);
      }
    }

    @Override
    public void leftovers(String leftoversId, String runId) {
      assertThat(leftoversId).isIn("disks", "processes", "links");
      if (also != null) {
        also.leftovers(leftoversId, runId);
      }
    }
  }

  Rig start() throws Exception {
    await(cluster.start());
    return this;
  }

  static <T> T await(CompletableFuture<T> future) throws Exception {
    return future.get(SECONDS, TimeUnit.SECONDS);
  }

  /** Waits for an event, such as {@code n1 1/2 counted}, passing over others. */
  void awaitEvent(String wanted) throws InterruptedException {
    for (String text = ""; !text.equals(wanted); ) {
      text = fresh.poll(SECONDS, TimeUnit.SECONDS);
      assertThat(text).as("events so far " + events + ", waiting for " + wanted).isNotNull();
    }
  }

  List<String> eventsOf(String node) {
    return events.stream().filter(e -> e.startsWith(node + " ")).toList();
  }

  Client client(String id, String node) {
    return new Client(id, node);
  }

  Cluster.Probe probe(String from, String to, int bytes, Duration within) throws Exception {
    return await(cluster.probe(new Link(from, to), bytes, within));
  }

  void set(String from, String to, LinkState state) throws Exception {
    await(cluster.setLinks(Map.of(new Link(from, to), state)));
  }

  /** A codec client. */
  final class Client implements Cluster.ChannelListener {
    private final Map<Long, CompletableFuture<Message>> waiting = new ConcurrentHashMap<>();
    private final CompletableFuture<String> closed = new CompletableFuture<>();
    private final Cluster.Channel channel;

    private Client(String id, String node) {
      channel = cluster.connect(id, node, this);
    }

    CompletableFuture<Message> ask(Message message) {
      long id = ids.incrementAndGet();
      CompletableFuture<Message> answer = new CompletableFuture<>();
      waiting.put(id, answer);
      channel.send(message.with("msg_id", id));
      return answer;
    }

    Message call(String type, Object... fields) throws Exception {
      return await(ask(Message.of(type, fields)));
    }

    String awaitClosed() throws Exception {
      return await(closed);
    }

    @Override
    public void message(Message message) {
      CompletableFuture<Message> answer = waiting.remove(message.integer("in_reply_to"));
      if (answer != null) {
        answer.complete(message);
      }
    }

    @Override
    public void closed(String reason) {
      closed.complete(reason);
    }
  }

  @Override
  public void close() throws Exception {
    assertThat(await(cluster.close())).isEmpty();
  }
}
