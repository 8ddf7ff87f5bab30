package dev.faultline.harness.warden;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Command lines of the small JVMs that a run starts, on the same Java as this one and with its
 * class path. They get a session of their own where the platform has {@code setsid}, so that Ctrl-C
 * reaches the harness alone; {@code setsid} replaces itself, so the process id is the JVM's.
 */
public final class JvmCommand {
  /** Names the run that a process belongs to. */
  public static final String RUN = "dev.faultline.run";

  /** The process id of the harness that started a process. */
  public static final String HARNESS = "dev.faultline.harness";

  private static final @Nullable Path SETSID = onPath("setsid");

  private JvmCommand() {}

  /**
   * A JVM that is part of a run: marked so that it can be found when it is left behind.
   *
   * @param also classes whose code it needs besides the class path of this JVM
   */
  public static ProcessBuilder ofRun(
      String runId, Class<?> main, int heapMegabytes, List<Class<?>> also, List<String> arguments) {
    Map<String, String> marks =
        Map.of(RUN, runId, HARNESS, Long.toString(ProcessHandle.current().pid()));
    return of(main, heapMegabytes, marks, also, arguments);
  }

  /** A JVM with flags of its own, which needs no finding: it ends with its standard input. */
  public static ProcessBuilder flagged(Class<?> main, int heapMegabytes, List<String> flags) {
    return of(main, heapMegabytes, Map.of(), flags, List.of(), List.of());
  }

  /** A JVM with these system properties. */
  static ProcessBuilder of(
      Class<?> main,
      int heapMegabytes,
      Map<String, String> properties,
      List<Class<?>> also,
      List<String> arguments) {
    List<String> small = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    return of(main, heapMegabytes, properties, small, also, arguments);
  }

  private static ProcessBuilder of(
      Class<?> main,
      int heapMegabytes,
      Map<String, String> properties,
      List<String> flags,
      List<Class<?>> also,
      List<String> arguments) {
    List<String> command = new ArrayList<>();
    if (SETSID != null) {
      command.add(SETSID.toString());
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.addAll(flags);
    command.addAll(
        List.of(
            "-Xmx" + heapMegabytes + "m",
            "-Xshare:auto",
            "-XX:-UsePerfData",
            "-XX:+ExitOnOutOfMemoryError",
            "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir")));
    command.add(main.getName());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    // In the environment, so that process listings stay readable.
    builder.environment().put("CLASSPATH", classPath(main, also));
    return builder;
  }

  private static String classPath(Class<?> main, List<Class<?>> also) {
    Set<String> entries = new LinkedHashSet<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (!entry.isEmpty()) {
        entries.add(Path.of(entry).toAbsolutePath().toString());
      }
    }
    entries.add(source(main));
    also.forEach(type -> entries.add(source(type)));
    entries.remove("");
    return String.join(File.pathSeparator, entries);
  }

  private static String source(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    try {
      return source == null || source.getLocation() == null
          ? ""
          : Path.of(source.getLocation().toURI()).toAbsolutePath().toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("class path of " + type.getName() + ": " + e.getMessage(), e);
    }
  }

  private static @Nullable Path onPath(String program) {
    String path = System.getenv("PATH");
    if (path == null) {
      return null;
    }
    for (String directory : path.split(File.pathSeparator)) {
      Path file = Path.of(directory, program);
      if (!directory.isEmpty() && Files.isExecutable(file)) {
        return file.toAbsolutePath();
      }
    }
    return null;
  }
}
