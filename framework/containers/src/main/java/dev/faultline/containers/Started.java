package dev.faultline.containers;

import dev.faultline.harness.Deployment.Image;
import dev.faultline.harness.Deployment.Kit;
import dev.faultline.harness.Deployment.NodeSpec;
import dev.faultline.harness.Environment.Request;
import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.Workload.ClientSpec;
import dev.faultline.harness.host.HostMain;
import dev.faultline.harness.host.HostedClients;
import dev.faultline.harness.warden.Directories;
import dev.faultline.node.process.NodeMain;
import dev.faultline.node.process.TimeServer;
import dev.faultline.proxy.BuiltInToxiproxy;
import dev.faultline.proxy.Carrier;
import dev.faultline.proxy.ProxyLinks;
import dev.faultline.proxy.ProxyRelief;
import dev.faultline.proxy.ToxiproxyControl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.testcontainers.containers.Network;

/** Everything that one run has started: networks, the proxy, and the members by name. */
final class Started {
  static final String NODE_IMAGE = "faultline/node";

  private static final Duration STEP = Duration.ofMinutes(3);
  private static final Duration CLOSE = Duration.ofSeconds(30);
  private static final int NETWORK_TRIES = 5;
  private static final String CLASSES = "/faultline/classes";
  private static final String LAUNCH = "/faultline/launch";

  private final Request request;
  private final Engine engine;
  private final Layout layout;
  private final Map<String, Network> networks = new ConcurrentHashMap<>();
  private final Map<String, Member> members = new ConcurrentHashMap<>();
  private final Map<String, KitLife> kits = new ConcurrentHashMap<>();
  private final Map<String, HostLife> hosts = new ConcurrentHashMap<>();
  private final ToxiproxyControl control;
  private final ProxyLinks links;
  private final Path directory;
  private final Shims shims;
  private final LoopDisks disks;
  private final String realProxy;
  private String classPath = "";
  private String libraries = "";
  private String means = "";

  Started(Request request, Engine engine) {
    this.request = request;
    this.engine = engine;
    this.realProxy = ProxyBox.realImage();
    // First: a process that waits for a frozen disk cannot be killed.
    request.warden().leftovers(LoopLeftovers.ID, request.runId());
    request.warden().leftovers(ContainerLeftovers.ID, request.runId());
    try {
      directory = Files.createTempDirectory("faultline-containers-");
    } catch (IOException e) {
      throw new EnvironmentException("containers: no temporary directory: " + e.getMessage(), e);
    }
    request.warden().directory(directory);
    this.shims = new Shims(directory.resolve("shim"));
    this.disks = new LoopDisks(directory.resolve("disks"));
    this.layout = networked();
    this.control = new ToxiproxyControl(layout.hub().proxy(), Layout.API_PORT);
    ProxyRelief.register(request.warden(), layout.hub().proxy(), Layout.API_PORT);
    this.links =
        new ProxyLinks(
            control, layout.wires(), new Carrier(realProxy.isEmpty(), request.setup().seed()));
  }

  Layout layout() {
    return layout;
  }

  ToxiproxyControl control() {
    return control;
  }

  ProxyLinks links() {
    return links;
  }

  /** What carries the links. */
  String means() {
    return means;
  }

  String engineVersion() {
    try {
      return EngineProbe.version();
    } catch (IOException e) {
      return "unknown: " + e.getMessage();
    }
  }

  LoopDisks disks() {
    return disks;
  }

  Shims shims() {
    return shims;
  }

  Map<String, KitLife> kits() {
    return kits;
  }

  Map<String, HostLife> hosts() {
    return hosts;
  }

  Member member(String name) {
    Member member = members.get(name);
    if (member == null) {
      throw new EnvironmentException(
          "no node or client host '%s'; there are %s".formatted(name, members.keySet()));
    }
    return member;
  }

  /** Another harness may take the same addresses at the same moment: then others are tried. */
  private Layout networked() {
    int salt = request.runId().hashCode();
    for (int i = 1; ; i++) {
      Layout attempt =
          new Layout(
              request,
              FreeSubnets.choose(Layout.subnets(request), engine.subnets(), salt + 7919 * i));
      try {
        Map<String, Subnet> wanted = new LinkedHashMap<>(attempt.places());
        wanted.put(ProxyBox.HUB, attempt.hub());
        all(wanted.entrySet().stream().map(e -> network(e.getKey(), e.getValue())).toList());
        return attempt;
      } catch (EnvironmentException e) {
        networks.values().forEach(n -> engine.removeNetwork(n.getId()));
        networks.clear();
        if (i == NETWORK_TRIES) {
          Directories.delete(directory);
          throw e;
        }
      }
    }
  }

  private CompletableFuture<Void> network(String resident, Subnet subnet) {
    return Engine.ask(
        "network of " + resident + ", " + subnet.cidr(),
        Engine.BOUND,
        () -> {
          networks.put(resident, engine.network(request.runId(), resident, subnet));
          return null;
        });
  }

  /** Starts the proxy, then everything else at once. */
  void start() {
    if (needsClasses()) {
      classPath = stage();
    }
    startProxy();
    Duration within = request.deployment().readyWithin();
    Map<String, Member> residents = prepareAll();
    members.putAll(residents);
    each(residents, "start", member -> member.start(within));
    each(residents, "begin", member -> member.begin(within));
  }

  private static void each(Map<String, Member> residents, String what, Consumer<Member> action) {
    List<CompletableFuture<Void>> running = new ArrayList<>();
    residents.forEach((name, member) ->
        running.add(
            Engine.ask(
                what + " " + name,
                STEP,
                () -> {
                  action.accept(member);
                  return null;
                })));
    all(running);
  }

  private boolean needsClasses() {
    return request.hosted()
        || realProxy.isEmpty()
        || request.deployment().nodes().stream().anyMatch(n -> n.launch() instanceof Kit);
  }

  private String stage() {
    List<Class<?>> also = new ArrayList<>(List.of(NodeMain.class, HostMain.class));
    also.add(BuiltInToxiproxy.class);
    for (NodeSpec node : request.deployment().nodes()) {
      if (node.launch() instanceof Kit kit) {
        also.add(kit.type());
      }
    }
    try {
      Path classes = Files.createDirectory(directory.resolve("classes"));
      if (request.hosted()) {
        libraries =
            HostedClients.libraries(
                    request.target(), request.clientInterface(), request.setup(), classes)
                .stream()
                .map(jar -> CLASSES + "/" + jar + ":")
                .collect(Collectors.joining());
      }
      return ClassPathStage.fill(classes, also, CLASSES);
    } catch (IOException e) {
      throw new EnvironmentException("containers: " + directory + ": " + e.getMessage(), e);
    }
  }

  private void startProxy() {
    String image = realProxy.isEmpty() ? NODE_IMAGE : realProxy;
    Box box =
        new Box(request.runId(), ProxyBox.HUB, image, network(ProxyBox.HUB), layout.hub().proxy());
    layout
        .places()
        .forEach((resident, subnet) ->
            box.joining(network(resident), subnet.proxy(), layout.aliases(resident)));
    List<String> options =
        new ArrayList<>(List.of("-host=0.0.0.0", "-port=" + Layout.API_PORT, "-proxy-metrics"));
    if (realProxy.isEmpty()) {
      options.add("-seed=" + request.setup().seed());
      box.seeing(Map.of(directory.resolve("classes"), CLASSES));
      java(box, BuiltInToxiproxy.class, 256, options);
    } else {
      box.withCommand(options.toArray(String[]::new));
    }
    Member proxy = member(ProxyBox.HUB, box, new PlainLife());
    members.put(ProxyBox.HUB, proxy);
    proxy.start(Engine.BOUND);
    String version = ProxyBox.awaitVersion(control);
    means =
        realProxy.isEmpty()
            ? "built-in proxy in "
                + NODE_IMAGE
                + (Carrier.ownAsked() ? "" : ", for want of " + ProxyBox.REAL)
            : "toxiproxy " + version + " in " + realProxy;
    links.open();
  }

  private Map<String, Member> prepareAll() {
    Map<String, Member> all = new LinkedHashMap<>();
    for (NodeSpec node : request.deployment().nodes()) {
      all.put(
          node.id(),
          switch (node.launch()) {
            case Image image -> imageNode(node.id(), image);
            case Kit kit -> kitNode(node, kit);
          });
    }
    if (request.hosted()) {
      request.clients().forEach(client -> all.put(client.id(), host(client)));
    }
    if (Layout.followed(request.deployment())) {
      Box box = box(Layout.TIME, NODE_IMAGE);
      box.seeing(Map.of(directory.resolve("classes"), CLASSES));
      java(box, TimeServer.class, 64, List.of("0.0.0.0:" + Layout.TIME_PORT));
      all.put(Layout.TIME, member(Layout.TIME, box, new PlainLife()));
    }
    return all;
  }

  private Member imageNode(String name, Image image) {
    Box box = box(name, image.image());
    box.withEnv(image.environment());
    shims.install(name, image, box);
    disks.install(name, image, box, request.runId());
    box.withCommand(image.command().toArray(String[]::new));
    return member(name, box, new ImageLife(name, image, request.events()));
  }

  private Member kitNode(NodeSpec node, Kit kit) {
    Box box = box(node.id(), NODE_IMAGE);
    KitLife life = new KitLife(request, node, kit, layout, launchFor(node.id(), box));
    kits.put(node.id(), life);
    java(box, NodeMain.class, 128, List.of(LAUNCH + "/" + HostLife.FILE));
    return member(node.id(), box, life);
  }

  private Member host(ClientSpec client) {
    Box box = box(client.id(), NODE_IMAGE);
    HostLife life = new HostLife(request, client, layout, launchFor(client.id(), box));
    hosts.put(client.id(), life);
    java(box, HostMain.class, 192, List.of(LAUNCH + "/" + HostLife.FILE));
    box.withEnv("CLASSPATH", libraries + classPath);
    return member(client.id(), box, life);
  }

  /** A directory of this machine for a launch file, written anew for each incarnation. */
  private Path launchFor(String name, Box box) {
    try {
      Path launch = Files.createDirectories(directory.resolve("launch").resolve(name));
      box.seeing(Map.of(directory.resolve("classes"), CLASSES, launch, LAUNCH));
      return launch;
    } catch (IOException e) {
      throw new EnvironmentException("containers: " + directory + ": " + e.getMessage(), e);
    }
  }

  private Box box(String name, String image) {
    return new Box(request.runId(), name, image, network(name), layout.subnet(name).resident());
  }

  private Network network(String resident) {
    Network network = networks.get(resident);
    if (network == null) {
      throw new IllegalStateException("no network for " + resident);
    }
    return network;
  }

  private void java(Box box, Class<?> main, int heapMegabytes, List<String> arguments) {
    box.withEnv("CLASSPATH", classPath);
    List<String> command =
        new ArrayList<>(
            List.of(
                "java",
                "-Xmx" + heapMegabytes + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-XX:+ExitOnOutOfMemoryError",
                main.getName()));
    command.addAll(arguments);
    box.withCommand(command.toArray(String[]::new));
  }

  private Member member(String name, Box box, Life life) {
    Path log = request.nodeDir().resolve(name).resolve("node.log");
    return new Member(name, engine, box, life, log);
  }

  /** Removes everything, and says what is left. */
  List<String> close() {
    members.values().forEach(Member::release);
    disks.thaw();
    List<CompletableFuture<String>> removals = new ArrayList<>();
    members.forEach(
        (name, member) -> removals.add(removal("container " + name, () -> member.remove())));
    List<String> left = results(removals);
    removals.clear();
    networks.forEach((name, network) ->
        removals.add(removal("network of " + name, () -> engine.removeNetwork(network.getId()))));
    List<String> all = new ArrayList<>(left);
    all.addAll(results(removals));
    control.close();
    disks.close();
    if (!Directories.delete(directory)) {
      all.add(directory.toString());
    }
    return List.copyOf(all);
  }

  private interface Removing {
    boolean gone();
  }

  private static CompletableFuture<String> removal(String what, Removing removing) {
    return Engine.ask("remove " + what, CLOSE, () -> removing.gone() ? "" : what)
        .exceptionally(e -> what + ": " + e.getMessage());
  }

  private static List<String> results(List<CompletableFuture<String>> futures) {
    return futures.stream().map(CompletableFuture::join).filter(s -> !s.isEmpty()).toList();
  }

  /** Waits for all; the first failure is told. */
  private static void all(List<CompletableFuture<Void>> futures) {
    EnvironmentException first = null;
    for (CompletableFuture<Void> future : futures) {
      try {
        future.join();
      } catch (RuntimeException e) {
        if (first == null) {
          first = Engine.failure("start", Engine.BOUND, e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
