package dev.faultline.blocking;

import dev.faultline.blocking.kernel.Child;
import dev.faultline.node.KeyedRandom;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs a scenario for many seeds, each twice, in a JVM of its own. Either all of it was the same
 * twice, or there is a {@link Refusal}.
 *
 * @param scenario the name of a class that implements {@link Scenario}
 * @param classPath where it and all that it uses lie
 * @param first the first seed
 * @param seeds how many
 * @param turnLimit how long a thread may run without waiting, in real time
 * @param flags more flags for the JVM
 */
public record Blocking(
    String scenario,
    List<Path> classPath,
    long first,
    long seeds,
    Duration turnLimit,
    List<String> flags) {

  /** The JDK whose private parts are known. */
  public static final int OLDEST_JAVA = 25;

  private static final Duration TURN_LIMIT = Duration.ofSeconds(10);
  private static final int LAST_LINES = 5;

  /** A scenario for seeds from 1, with the usual limit and no more flags. */
  public static Blocking of(String scenario, List<Path> classPath, long seeds) {
    return new Blocking(scenario, classPath, 1, seeds, TURN_LIMIT, List.of());
  }

  /** A run that failed, both times in the same way. */
  public record Finding(long seed, String what) {}

  /**
   * What came of it.
   *
   * @param runs how many seeds, each of which was the same twice
   * @param hash of all that happened, the same for the same seeds, scenario and JDK
   * @param distinct how many of the runs were different from each other
   * @param turns of threads
   * @param timers that fired
   * @param elapsed virtual time
   */
  public record Outcome(
      long runs,
      long hash,
      long distinct,
      long turns,
      long timers,
      Duration elapsed,
      List<Finding> findings) {}

  /** Why it cannot work in the Java that runs this; null if nothing is known against it. */
  public static @Nullable String unable() {
    return unable(Runtime.version().feature());
  }

  static @Nullable String unable(int java) {
    return java >= OLDEST_JAVA
        ? null
        : "jdk: needs JDK " + OLDEST_JAVA + ", and this is " + java + "; set JAVA_HOME to one";
  }

  /** Does it. */
  public Outcome run() {
    String unable = unable();
    if (unable != null) {
      throw new Refusal(unable);
    }
    Tally tally = new Tally();
    try (AgentJar jar = AgentJar.make()) {
      while (tally.runs() < seeds) {
        long before = tally.runs();
        Process child =
            new ProcessBuilder(command(jar.path(), before)).redirectErrorStream(true).start();
        try {
          child.getOutputStream().close();
          listen(child, tally);
        } finally {
          child.destroyForcibly();
        }
        if (tally.runs() == before) {
          throw new Refusal("jvm: it ended before its first seed");
        }
      }
    } catch (IOException error) {
      throw new Refusal("jvm: cannot start one: " + error.getMessage());
    }
    return tally.outcome();
  }

  private List<String> command(Path agent, long done) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-Xshare:auto",
            "-XX:+UnlockExperimentalVMOptions",
            "-XX:hashCode=2", // one identity hash for all: no order depends on it
            "-Xmx512m",
            "-Djdk.trackAllThreads=false", // what is abandoned can be collected
            "-Dsun.net.inetaddr.ttl=0",
            "-Dsun.net.inetaddr.negative.ttl=0",
            "-Dhttp.keepAlive=false", // would start a thread
            "-Djava.nio.channels.spi.SelectorProvider=dev.faultline.blocking.kernel.NoChannels",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "-javaagent:" + agent));
    command.addAll(flags);
    command.add("-cp");
    command.add(own());
    command.add(Child.class.getName());
    command.add(scenario);
    command.add(
        classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    command.add(Long.toString(first + done));
    command.add(Long.toString(seeds - done));
    command.add(Long.toString(turnLimit.toMillis()));
    return command;
  }

  /** Where Faultline's own classes lie that the other JVM needs. */
  private static String own() throws IOException {
    Set<String> places = new LinkedHashSet<>();
    for (Class<?> type : List.of(Blocking.class, KeyedRandom.class)) {
      places.add(AgentJar.place(type).toString());
    }
    return String.join(File.pathSeparator, places);
  }

  private static void listen(Process child, Tally tally) throws IOException {
    List<String> others = new ArrayList<>();
    try (BufferedReader lines = child.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith(Child.MARK)) {
          others.add(line);
          continue;
        }
        String[] parts = line.substring(Child.MARK.length()).split("\t", 8);
        switch (parts[0]) {
          case "refused" -> throw new Refusal(parts[1]);
          case "ran" -> tally.add(parts);
          default -> {
            return;
          }
        }
      }
    }
    List<String> last = others.subList(Math.max(0, others.size() - LAST_LINES), others.size());
    throw new Refusal(
        "jvm: it ended without a word; the last lines were: " + String.join("; ", last));
  }
}
