package dev.faultline.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The command as it is assembled, in a JVM of its own. */
final class Faultline {
  private Faultline() {}

  record Answer(int exit, String out, String err) {}

  /** Waits for it at most a minute. */
  static Answer run(Path dir, Map<String, String> environment, String... args) throws Exception {
    return run(dir, environment, Duration.ofMinutes(1), args);
  }

  static Answer run(Path dir, Map<String, String> environment, Duration within, String... args)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
    command.add("-Dfaultline.root=" + Sources.root());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "dev.faultline.cli.Main"));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).directory(dir.toFile());
    builder.environment().put("CLASSPATH", classPath());
    builder.environment().putAll(environment);
    Path out = dir.resolve("stdout");
    Path err = dir.resolve("stderr");
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    Process process = builder.start();
    try {
      assertThat(process.waitFor(within.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Answer(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  /** The environment of a command that is to find these services, of tests, on its class path. */
  static Map<String, String> with(Path dir, Map<Class<?>, Class<?>> found) throws IOException {
    Path services = Files.createDirectories(dir.resolve("more/META-INF/services"));
    for (Map.Entry<Class<?>, Class<?>> one : found.entrySet()) {
      Files.writeString(services.resolve(one.getKey().getName()), one.getValue().getName() + "\n");
    }
    return Map.of("CLASSPATH", dir.resolve("more") + File.pathSeparator + classPath());
  }

  static String classPath() {
    StringBuilder path = new StringBuilder();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      path.append(path.isEmpty() ? "" : File.pathSeparator).append(Path.of(entry).toAbsolutePath());
    }
    return path.toString();
  }
}
