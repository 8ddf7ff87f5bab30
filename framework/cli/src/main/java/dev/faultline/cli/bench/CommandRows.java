package dev.faultline.cli.bench;

import dev.faultline.cli.bench.Line.Grade;
import dev.faultline.history.History;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The command as a process of its own: bars 9, 18 and 22. */
final class CommandRows {
  private final Room room;

  CommandRows(Room room) {
    this.room = room;
  }

  /**
   * How a command ended.
   *
   * @param resident bytes of the process at its most, 0 where that cannot be told
   */
  private record Ended(int exit, double seconds, long resident, String text) {}

  void measure() throws IOException {
    if (room.wants(9)) {
      History history = Maker.make(new Things.Register(), 5, room.size(1_000_000), 0, 9);
      Path stamped = room.scratch().resolve("register.log");
      PeerText.stamped(history, "register", stamped);
      whole("stamped text", stamped, history, 1.5, 0.6);
      Path lines = room.scratch().resolve("register.jsonl");
      Samples.lines(history, lines);
      whole("JSON lines", lines, history, 3, 1.5);
    }
    if (room.wants(18)) {
      small();
    }
    if (room.wants(22)) {
      cold();
    }
  }

  private void whole(String kind, Path file, History history, double floor, double aim)
      throws IOException {
    String what = "check of register %,d, %s".formatted(history.operations().size(), kind);
    String[] args = {"check", file.toString(), "--model", "register"};
    double[] seconds = new double[3];
    Ended ended = new Ended(0, 0, 0, "");
    for (int i = 0; i < seconds.length; i++) {
      ended = run("900m", args);
      seconds[i] = ended.seconds();
      if (ended.exit() != 0) {
        room.open(9, what, "exit code %d: %s".formatted(ended.exit(), ended.text()));
        return;
      }
    }
    Arrays.sort(seconds);
    boolean fits = ended.resident() <= 1e9;
    boolean small = ended.resident() <= 4e8;
    Grade grade = Grade.atMost(seconds[1], floor, aim);
    room.line(
        new Line(
            9,
            what + ", -Xmx900m",
            Units.time(floor) + ", 1 GB",
            Units.time(aim) + ", 400 MB",
            Units.time(seconds[1]) + ", " + Units.bytes(ended.resident()),
            "",
            Double.NaN,
            grade.and(small ? Grade.AIM : fits ? Grade.FLOOR : Grade.MISSED)));
  }

  private void small() throws IOException {
    Path histories = room.histories();
    Path data = room.peers().data("jepsen");
    Path folder = histories != null ? histories : data;
    if (folder == null) {
      room.open(18, "-Xmx256m over recorded histories", "none: give --peers or --histories");
      return;
    }
    List<String> args = new ArrayList<>(List.of("check"));
    try (Stream<Path> entries = Files.list(folder)) {
      entries
          .filter(e -> !String.valueOf(e.getFileName()).startsWith("MANIFEST"))
          .sorted()
          .map(Path::toString)
          .forEach(args::add);
    }
    Ended ended = run("256m", args.toArray(String[]::new));
    boolean died = ended.text().contains("OutOfMemory");
    room.line(
        new Line(
            18,
            "-Xmx256m over recorded histories",
            "no OutOfMemoryError",
            "",
            "%s, exit code %d, %s"
                .formatted(
                    died ? "OutOfMemoryError" : "none", ended.exit(), Units.time(ended.seconds())),
            "",
            Double.NaN,
            died ? Grade.MISSED : Grade.AIM));
  }

  private void cold() throws IOException {
    Path log = room.scratch().resolve("cold.log");
    Files.writeString(
        log, "INFO  jepsen.util - 0\t:invoke\t:write\t4\nINFO  jepsen.util - 0\t:ok\t:write\t4\n");
    Path data = room.peers().data("jepsen");
    Path file = data == null ? log : data.resolve("etcd_002.log");
    double[] seconds = new double[7];
    for (int i = 0; i < seconds.length; i++) {
      Ended ended = run("", "check", file.toString());
      seconds[i] = ended.seconds();
      if (ended.exit() > 1) {
        room.open(
            22, "check of an etcd log, cold", "exit code " + ended.exit() + ": " + ended.text());
        return;
      }
    }
    Arrays.sort(seconds);
    room.line(
        new Line(
            22,
            "check of an etcd log, cold; Knossos as published",
            "600 ms",
            "250 ms",
            Units.time(seconds[3]),
            "2.75 s",
            seconds[3] / 2.75,
            Grade.atMost(seconds[3], 0.6, 0.25)));
  }

  private Ended run(String heap, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    Path launcher = launcher();
    if (launcher != null) {
      command.add(launcher.toString());
    } else {
      command.add(ProcessHandle.current().info().command().orElse("java"));
      for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
        if (!flag.startsWith("-Xm")) {
          command.add(flag);
        }
      }
      command.addAll(List.of("-cp", classPath(), "dev.faultline.cli.Main"));
    }
    command.addAll(List.of(args));
    Path out = room.scratch().resolve("out.txt");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(out.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home", ""));
    if (!heap.isEmpty()) {
      builder.environment().put("JDK_JAVA_OPTIONS", "-Xmx" + heap);
    }
    long from = System.nanoTime();
    Process process = builder.start();
    long resident = 0;
    try {
      while (!process.waitFor(10, java.util.concurrent.TimeUnit.MILLISECONDS)) {
        resident = Math.max(resident, resident(process.pid()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      process.destroy();
    }
    double seconds = (System.nanoTime() - from) / 1e9;
    String text = Files.readString(out, StandardCharsets.UTF_8);
    String last = text.strip();
    String shown =
        text.contains("OutOfMemory") ? "OutOfMemory" : last.substring(last.lastIndexOf('\n') + 1);
    return new Ended(process.exitValue(), seconds, resident, shown);
  }

  /** {@code ./faultline}, if it would run the same classes as this; null if not. */
  private static @Nullable Path launcher() throws IOException {
    Path root = Path.of(System.getProperty("faultline.root", ""));
    Path current = root.resolve(".faultline/current");
    if (!Files.exists(current)) {
      return null;
    }
    Path paths = Path.of(Files.readString(current).strip(), "classpath");
    boolean same = Files.exists(paths) && Files.readString(paths).strip().equals(classPath());
    return same ? root.resolve("faultline") : null;
  }

  private static String classPath() {
    return System.getProperty("java.class.path", "");
  }

  /** At its most, so far. */
  private static long resident(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return lines
              .filter(line -> line.startsWith("VmHWM"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .findFirst()
              .orElse(0)
          * 1024;
    } catch (IOException | java.io.UncheckedIOException e) {
      return 0;
    }
  }
}
