package dev.faultline.local;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.Warden;
import dev.faultline.harness.warden.JvmCommand;
import dev.faultline.harness.warden.Processes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Processes of ours whose harness is dead, found by the marks on their command lines; and those of
 * a run that is named, whose harness is asked for first as well.
 */
public final class ProcessLeftovers implements Warden.Leftovers {
  private static final Duration GONE_WITHIN = Duration.ofSeconds(2);
  private static final String RUN = "-D" + JvmCommand.RUN + "=";
  private static final String HARNESS = "-D" + JvmCommand.HARNESS + "=";

  private record Found(ProcessHandle process, String run, long harness) {
    boolean orphaned() {
      Instant started = process.info().startInstant().orElse(Instant.now());
      return !Processes.parentLives(harness, started);
    }

    String text() {
      return "process " + process.pid() + " of run " + run;
    }
  }

  @Override
  public String id() {
    return "processes";
  }

  @Override
  public List<String> remove(String runId) {
    List<String> removed = new ArrayList<>();
    for (Found found : orphans()) {
      if (runId.isEmpty() || found.run().equals(runId)) {
        found.process().destroyForcibly();
        if (awaitDeath(found.process().pid())) {
          removed.add(found.text());
        }
      }
    }
    return removed;
  }

  @Override
  public List<String> find() {
    return orphans().stream().map(Found::text).toList();
  }

  /** Lets every stopped process of the run go on. */
  @Override
  public void heal(String runId) {
    for (Found found : marked()) {
      long pid = found.process().pid();
      if (found.run().equals(runId) && Processes.state(pid) == 'T') {
        try {
          char unused = Signals.resume("run " + runId, pid);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        } catch (EnvironmentException endedMeanwhile) {
          // Nothing of it is frozen any more.
        }
      }
    }
  }

  private static List<Found> orphans() {
    return marked().stream().filter(Found::orphaned).toList();
  }

  private static List<Found> marked() {
    List<Found> found = new ArrayList<>();
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      all.forEach(process -> {
        List<String> arguments = Processes.arguments(process);
        String run = value(arguments, RUN);
        String harness = value(arguments, HARNESS);
        if (!run.isEmpty() && harness.matches("\\d{1,18}")) {
          found.add(new Found(process, run, Long.parseLong(harness)));
        }
      });
    }
    return found;
  }

  private static String value(List<String> arguments, String mark) {
    for (String argument : arguments) {
      if (argument.startsWith(mark)) {
        return argument.substring(mark.length());
      }
    }
    return "";
  }

  private static boolean awaitDeath(long pid) {
    try {
      return Processes.awaitDeath(pid, GONE_WITHIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
