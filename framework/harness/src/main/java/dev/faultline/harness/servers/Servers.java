package dev.faultline.harness.servers;

import dev.faultline.harness.Deployment;
import dev.faultline.harness.Deployment.Image;
import dev.faultline.harness.Deployment.LogEvent;
import dev.faultline.harness.Deployment.NodeSpec;
import dev.faultline.harness.Setup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Servers of one kind, in containers: {@code e1}, {@code e2} … What all of them have is said once;
 * what is each one's own is made from its {@link Server}.
 */
public final class Servers {
  /**
   * One of them.
   *
   * @param name also its host name
   * @param number from 1
   * @param ports where the others reach it; no two servers have the same
   */
  public record Server(String name, int number, List<Integer> ports) {
    public Server {
      ports = List.copyOf(ports);
    }

    /** Where the others reach it: the first of {@link #ports}. */
    public int port() {
      return ports.get(0);
    }

    /** {@code NAME:PORT}, as the others reach it. */
    public String at() {
      return name + ":" + port();
    }
  }

  private final String prefix;
  private final int count;
  private final String image;
  private String role = "server";
  private List<Integer> ports = List.of();
  private int clientPort;
  private Function<Server, String> ready = server -> "";
  private Function<Server, List<String>> command = server -> List.of();
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final List<LogEvent> events = new ArrayList<>();
  private final List<UnaryOperator<Image>> finish = new ArrayList<>();

  private Servers(String prefix, int count, String image) {
    this.prefix = prefix;
    this.count = count;
    this.image = image;
  }

  /**
   * As many as a run asks for.
   *
   * @param prefix their names without the number
   * @param usual how many where a run does not say
   * @param image tag that {@code scripts/images} makes
   */
  public static Servers of(Setup setup, String prefix, int usual, String image) {
    return new Servers(prefix, setup.nodes() == 0 ? usual : setup.nodes(), image);
  }

  /** So many, whatever a run asks for. */
  public static Servers of(String prefix, int count, String image) {
    return new Servers(prefix, count, image);
  }

  /** What they are to a plan; {@code server} by default. */
  public Servers role(String name) {
    role = name;
    return this;
  }

  /** The ports where the others reach the first; each next server has each one more. */
  public Servers peers(Integer... first) {
    ports = List.of(first);
    return this;
  }

  /** The port where clients reach each of them; by default where the others do. */
  public Servers clients(int port) {
    clientPort = port;
    return this;
  }

  /** A pattern in its log that says that a server is up; without one it is up when it runs. */
  public Servers ready(String pattern) {
    return ready(server -> pattern);
  }

  /** The same, where it is not the same for each. */
  public Servers ready(Function<Server, String> pattern) {
    ready = pattern;
    return this;
  }

  /** What each runs. */
  public Servers command(Function<Server, List<String>> arguments) {
    command = arguments;
    return this;
  }

  /** A variable of each process. */
  public Servers environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** A pattern in their logs that is an event; what its named groups match are its facts. */
  public Servers event(String name, String pattern) {
    events.add(
        new LogEvent(
            pattern,
            name,
            Pattern.compile(pattern).namedGroups().entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .toList()));
    return this;
  }

  /** The directory of their state: see {@link Image#storing}. */
  public Servers storing(String directory) {
    finish.add(made -> made.storing(directory));
    return this;
  }

  /** Their image has our preloaded library: see {@link Image#preloaded}. */
  public Servers preloaded() {
    finish.add(Image::preloaded);
    return this;
  }

  /** Each of them, in the order of their numbers. */
  public List<Server> all() {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> new Server(prefix + i, i, ports.stream().map(p -> p + i - 1).toList()))
        .toList();
  }

  /** A text of each, with a separator between. */
  public String joined(String separator, Function<Server, String> each) {
    return all().stream().map(each).collect(Collectors.joining(separator));
  }

  /** As nodes of a deployment. */
  public List<NodeSpec> nodes() {
    return all().stream().map(server -> new NodeSpec(server.name(), role, image(server))).toList();
  }

  private Image image(Server server) {
    Image made =
        new Image(
            image,
            command.apply(server),
            new LinkedHashMap<>(environment),
            clientPort == 0 ? server.port() : clientPort,
            server.ports(),
            ready.apply(server),
            List.copyOf(events));
    for (UnaryOperator<Image> one : finish) {
      made = one.apply(made);
    }
    return made;
  }

  /** A deployment of these alone, which offers nothing to be done to it. */
  public Deployment within(Duration ready) {
    return new Deployment(nodes(), ready);
  }
}
