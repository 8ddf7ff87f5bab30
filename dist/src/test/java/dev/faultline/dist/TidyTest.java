package dev.faultline.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.Target;
import dev.faultline.harness.run.Catalog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules about the text of the sources, each with what to do instead. */
class TidyTest {
  private static final int LONGEST_MAIN_FILE = 400;
  private static final int LONGEST_TEST_FILE = 600;

  /**
   * A call that is banned.
   *
   * @param instead what to use
   * @param where paths that the rule is about; empty for all
   * @param allowed parts of paths that may, each for a reason
   */
  record Ban(String call, String instead, List<String> where, List<Allowed> allowed) {
    @Override
    public String toString() {
      return call;
    }
  }

  /** An exception from a rule. */
  record Allowed(String path, String reason) {}

  private static Allowed allow(String path, String reason) {
    return new Allowed(path, reason);
  }

  /** Rooms in which real time passes; everywhere else it comes from a scheduler. */
  private static final List<Allowed> REAL_TIME =
      List.of(
          allow("/node/process/", "a node's process on a real machine"),
          allow("/harness/nodes/", "the harness's side of a real node"),
          allow("/harness/host/", "client hosts"),
          allow("/harness/warden/", "waits for processes to end"),
          allow("/harness/run/RealScheduler", "is the scheduler of real time"),
          allow("/harness/crash/", "watches processes in real time"),
          allow("/harness/run/RecordBench", "measures in real time"),
          allow("/faultline/local/", "an environment in real time"),
          allow("/faultline/containers/", "an environment in real time"),
          allow("/faultline/proxy/", "carries bytes in real time"),
          allow("targets/systems/", "blocking clients on threads of their own"),
          allow("/blocking/boot/Hooks", "is the clock of a simulated JVM"),
          allow("/blocking/kernel/Machine", "tries that clock out"),
          allow("/cli/ExploreCommand", "says how many schedules a second it tried"),
          allow("/cli/HistoryCheck", "says how long a check took"),
          allow("/cli/Bench", "measures"),
          allow("/cli/bench/", "measures"),
          allow("/cli/RunWatch", "says for how long a run has waited for its nodes"),
          allow("/harness/run/EarlyEnd", "judges a run in real time as it goes on"),
          allow("/checker/Budget", "the one clock that a checker may read"),
          allow("/harness/matrix/Matrix", "ends a search after a bounded time"),
          allow("/harness/run/Explainer", "ends an explanation after a bounded time"),
          allow("/harness/search/Shrinker", "ends a shrink after a bounded time"));

  private static final List<String> NODE_CODE = List.of("targets/patterns/");

  static List<Ban> bans() {
    return List.of(
        new Ban("Thread\\.sleep", "Scheduler.after, Timers.after", List.of(), List.of()),
        new Ban("\\b[A-Z]+\\.sleep\\(", "Scheduler.after, Timers.after", List.of(), REAL_TIME),
        new Ban("System\\.nanoTime", "Scheduler.now or Clock.monotonic", List.of(), REAL_TIME),
        new Ban(
            "Instant\\.now|System\\.currentTimeMillis|LocalDateTime\\.now|new Date\\(",
            "Scheduler.now or Clock.wall; wall time decides nothing here",
            List.of(),
            List.of(
                allow("/node/process/SteeredClock", "is the machine's wall clock"),
                allow("/harness/nodes/NodeConnection", "compares a node's wall clock with ours"),
                allow("/harness/run/Planner", "names the run"),
                allow("/harness/search/", "names the run"),
                allow("/blocking/boot/Hooks", "is the clock of a simulated JVM"),
                allow("/blocking/kernel/Machine", "tries that clock out"),
                allow("/harness/host/HostConnection", "compares a host's wall clock with ours"),
                allow("/harness/host/HostLoop", "reads the host's wall clock"),
                allow("/containers/LoopLeftovers", "tells a harness from a later process"),
                allow("/containers/Shim", "freezes a wall clock where it stands"),
                allow("/local/ProcessLeftovers", "age of a process"),
                allow("/local/DiskLeftovers", "tells a harness from a later process of its id"),
                allow("/containers/ContainerLeftovers", "age of a network"))),
        new Ban(
            "new Random\\(|Math\\.random|ThreadLocalRandom\\.|UUID\\.randomUUID|SecureRandom",
            "KeyedRandom.of(seed, path …) or Env.random(site)",
            List.of(),
            List.of(
                allow("/harness/run/Planner", "draws the seed"),
                allow("/local/Addresses", "picks a block of loopback addresses that is free"),
                allow("/blocking/kernel/Entropy", "seeds the randomness of a simulated JVM"),
                allow("/proxy/ToxiproxyControl", "tries free ports"))),
        new Ban(
            "\\b(HashMap|HashSet|IdentityHashMap)\\b",
            "TreeMap, TreeSet, LinkedHashMap, LinkedHashSet: a node must not depend on hash order",
            NODE_CODE,
            List.of()),
        new Ban(
            "\\bstatic (?!final|<|\\w+(<.*>)? \\w+\\()\\w+(<.*>)? \\w+ *[=;]",
            "a field of the node: two nodes share a JVM in simulation",
            NODE_CODE,
            List.of()),
        new Ban(
            "System\\.exit",
            "an exception, or a return code",
            List.of(),
            List.of(
                allow("/cli/Main", "the command's end"),
                allow("/proxy/BuiltInToxiproxy", "main of the proxy's image"))),
        new Ban(
            "\\.printStackTrace\\(",
            "an error in one line",
            List.of(),
            List.of(
                allow("/cli/Trouble", "when --verbose asks for it"),
                allow("/node/process/NodeMain", "into the node's log"))),
        new Ban("\\.parallelStream\\(|\\.parallel\\(", "a plain loop", List.of(), List.of()),
        new Ban("@SuppressWarnings\\(\"all\"\\)", "the name of the warning", List.of(), List.of()),
        new Ban("\\b(TODO|FIXME|XXX)\\b", "an issue", List.of(), List.of()));
  }

  @ParameterizedTest
  @MethodSource("bans")
  void noSourceCallsWhatIsBanned(Ban ban) throws IOException {
    Pattern call = Pattern.compile(ban.call());
    List<String> found = new ArrayList<>();
    for (Sources.File file : Sources.main()) {
      String path = file.path();
      boolean meant = ban.where().isEmpty() || ban.where().stream().anyMatch(path::startsWith);
      if (!meant || ban.allowed().stream().anyMatch(a -> path.contains(a.path()))) {
        continue;
      }
      int number = 0;
      for (String line : file.lines()) {
        number++;
        String code = line.strip();
        boolean comment = code.startsWith("*") || code.startsWith("//") || code.startsWith("/*");
        if (!comment && !code.startsWith("import ") && call.matcher(code).find()) {
          found.add(path + ":" + number + ": " + code + "   → use " + ban.instead());
        }
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void aBanFindsWhatItBans() {
    assertThat(bans())
        .extracting(Ban::call)
        .filteredOn(c -> Pattern.compile(c).matcher("TimeUnit.SECONDS.sleep(1)").find())
        .hasSize(1);
    assertThat(bans())
        .extracting(Ban::call)
        .filteredOn(c -> Pattern.compile(c).matcher("private static int count = 0;").find())
        .hasSize(1);
  }

  @Test
  void filesStayReadable() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Sources.File file : Sources.all()) {
      int most = file.path().contains("/src/main/") ? LONGEST_MAIN_FILE : LONGEST_TEST_FILE;
      if (file.lines().size() > most) {
        tooLong.add(
            file.path() + ": " + file.lines().size() + " lines, at most " + most + ": split it");
      }
    }
    assertThat(tooLong).isEmpty();
  }

  @Test
  void everyPackageSaysWhatItIsAndIsNullMarked() throws IOException {
    List<String> missing = new ArrayList<>();
    List<Sources.File> files = Sources.main();
    for (Sources.File file : files) {
      String info = file.path().replaceFirst("[^/]+$", "package-info.java");
      if (files.stream().noneMatch(f -> f.path().equals(info)) && !missing.contains(info)) {
        missing.add(info);
      }
    }
    assertThat(missing).as("package-info.java").isEmpty();
    assertThat(files)
        .filteredOn(f -> f.path().endsWith("/package-info.java"))
        .allSatisfy(f ->
            assertThat(String.join("\n", f.lines()))
                .as(f.path())
                .contains("@NullMarked")
                .startsWith("/**"));
  }

  @Test
  void everyServiceLineResolves() throws Exception {
    List<Sources.File> services = Sources.services();
    assertThat(services).isNotEmpty();
    for (Sources.File file : services) {
      Class<?> service = Class.forName(file.path().replaceFirst(".*/", ""));
      for (String line : file.lines()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          assertThat(service.isAssignableFrom(Class.forName(line.strip())))
              .as("%s: %s", file.path(), line)
              .isTrue();
        }
      }
    }
  }

  @Test
  void nothingKnowsAVariantByNameOutsideItsTarget() throws IOException {
    List<String> found = new ArrayList<>();
    for (Target target : Catalog.targets()) {
      String own = "/" + target.getClass().getPackageName().replace('.', '/') + "/";
      for (Target.Variant variant : target.variants()) {
        String literal = "\"" + variant.name() + "\"";
        if (variant.name().equals("correct")) {
          continue;
        }
        for (Sources.File file : Sources.main()) {
          if (!file.path().contains(own)
              && file.lines().stream().anyMatch(line -> line.contains(literal))) {
            found.add(file.path() + " knows " + target.id() + ":" + variant.name());
          }
        }
      }
    }
    assertThat(found).isEmpty();
  }
}
