package dev.faultline.harness.warden;

import dev.faultline.harness.Warden;
import dev.faultline.node.process.Lease;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The warden's process. Reads what to end from its standard input, a line each; at the end of the
 * input, unless {@code release} came before, it kills the processes, calls the {@link
 * Warden.Leftovers}, deletes the directories, and exits. Every step is bounded. While the input is
 * open, but the harness has not renewed its lease, only faults are taken back.
 */
public final class WardenMain {
  private static final Duration HARNESS_DEATH = Duration.ofSeconds(2);
  private static final Duration PROCESS_DEATH = Duration.ofSeconds(2);
  private static final Duration LEFTOVERS = Duration.ofSeconds(60);

  private final Map<Long, Long> processes = new LinkedHashMap<>();
  private final Set<Leftover> leftovers = new LinkedHashSet<>();
  private final Set<Path> directories = new LinkedHashSet<>();
  private final Lease lease = new Lease(this::heal);
  private boolean released;

  private WardenMain() {}

  private record Leftover(String id, String runId) {}

  /** Takes one argument: the process id of the harness. */
  public static void main(String[] args) throws InterruptedException {
    WardenMain warden = new WardenMain();
    warden.listen();
    if (!warden.released) {
      // The pipe breaks a moment before the process counts as dead; leftovers look at that.
      Processes.awaitDeath(Long.parseLong(args[0]), HARNESS_DEATH);
      warden.cleanUp();
    }
    // A service's own threads must not keep this process.
    Runtime.getRuntime().halt(0);
  }

  private void listen() {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        take(line);
      }
    } catch (IOException broken) {
      // As good as the end of the input.
    }
  }

  private void take(String line) {
    String[] words = line.split(" ", 2);
    String rest = words.length > 1 ? words[1] : "";
    switch (words[0]) {
      case "process" -> {
        String[] numbers = rest.split(" ");
        processes.put(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
      }
      case "directory" -> directories.add(Path.of(rest));
      case "leftovers" -> {
        String[] names = rest.split(" ", 2);
        synchronized (leftovers) {
          leftovers.add(new Leftover(names[0], names.length > 1 ? names[1] : ""));
        }
      }
      case "release" -> released = true;
      case "lease" -> lease.renew(Duration.ofMillis(Long.parseLong(rest)));
      default -> {
        // A line that was cut short by the harness's death.
      }
    }
  }

  private void cleanUp() throws InterruptedException {
    processes.forEach(WardenMain::kill);
    for (long pid : processes.keySet()) {
      Processes.awaitDeath(pid, PROCESS_DEATH);
    }
    Thread.ofPlatform()
        .daemon()
        .start(() -> each(Warden.Leftovers::remove))
        .join(LEFTOVERS.toMillis());
    directories.forEach(Directories::delete);
  }

  /** Kills a process, unless its id has been given to another one since. */
  private static void kill(long pid, long startMillis) {
    ProcessHandle.of(pid)
        .filter(p -> startMillis == 0 || Processes.startedAt(p, Instant.ofEpochMilli(startMillis)))
        .ifPresent(ProcessHandle::destroyForcibly);
  }

  private void heal() {
    each(Warden.Leftovers::heal);
  }

  private void each(BiConsumer<Warden.Leftovers, String> act) {
    List<Leftover> all;
    synchronized (leftovers) {
      all = List.copyOf(leftovers);
    }
    for (Leftover leftover : all) {
      Warden.Leftovers service = find(leftover.id());
      if (service != null) {
        try {
          act.accept(service, leftover.runId());
        } catch (RuntimeException oneMustNotStopTheOthers) {
          System.err.println(leftover + ": " + oneMustNotStopTheOthers);
        }
      }
    }
  }

  private static Warden.@Nullable Leftovers find(String id) {
    for (ServiceLoader.Provider<Warden.Leftovers> provider : providers()) {
      try {
        Warden.Leftovers service = provider.get();
        if (service.id().equals(id)) {
          return service;
        }
      } catch (ServiceConfigurationError broken) {
        System.err.println(broken);
      }
    }
    return null;
  }

  private static List<ServiceLoader.Provider<Warden.Leftovers>> providers() {
    return ServiceLoader.load(Warden.Leftovers.class).stream().toList();
  }
}
