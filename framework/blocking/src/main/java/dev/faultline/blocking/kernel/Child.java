package dev.faultline.blocking.kernel;

import dev.faultline.blocking.Refusal;
import dev.faultline.blocking.Scenario;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The JVM in which universes run, each seed twice; tells its parent in lines. */
public final class Child {
  /** What each line begins with. */
  public static final String MARK = "faultline\t";

  private final PrintStream out = System.out;
  private final Machine machine;
  private final URLClassLoader source;
  private final String scenario;

  private Child(String scenario, String classPath, long turnLimitMillis) {
    Watchdog watchdog = new Watchdog(turnLimitMillis * 1_000_000, this::end);
    this.scenario = scenario;
    source = Libraries.source(urls(classPath));
    machine = new Machine(watchdog);
  }

  /**
   * Called by {@link dev.faultline.blocking.Blocking}: the scenario's class, the class path, the
   * first seed, how many, the longest turn in milliseconds.
   */
  public static void main(String[] arguments) {
    PrintStream out = System.out;
    try {
      new Child(arguments[0], arguments[1], Long.parseLong(arguments[4]))
          .run(Long.parseLong(arguments[2]), Long.parseLong(arguments[3]));
    } catch (Refusal refusal) {
      tell(out, "refused", String.valueOf(refusal.getMessage()));
    } catch (Throwable error) {
      tell(out, "refused", "internal: " + Refusals.line(error));
    }
    out.flush();
    Runtime.getRuntime().halt(0); // what was abandoned shall not run on
  }

  /** From the watchdog, while the main thread is stuck. */
  private void end(String why) {
    tell(out, "refused", why);
    out.flush();
    Runtime.getRuntime().halt(0);
  }

  private void run(long first, long count) throws IOException {
    checkScenario();
    once(first); // what the JDK does only the first time is done then
    for (long seed = first; seed < first + count; seed++) {
      Universe.Result result = once(seed);
      Universe.Result again = once(seed);
      String difference = result.trace().difference(again.trace());
      if (!difference.isEmpty() || result.trace().hash() != again.trace().hash()) {
        throw new Refusal("not-deterministic: seed " + seed + ", " + difference);
      }
      tell(
          out,
          "ran",
          String.join(
              "\t",
              Long.toString(seed),
              Long.toString(result.trace().hash()),
              Long.toString(result.turns()),
              Long.toString(result.timers()),
              Long.toString(result.elapsed().toMillis()),
              Objects.requireNonNullElse(result.failure(), "")));
      if (full()) {
        break; // the parent goes on in another JVM
      }
    }
    tell(out, "end", "");
  }

  /** Whether too much is left of earlier universes: a thread in Object.wait is never collected. */
  private static boolean full() {
    Runtime runtime = Runtime.getRuntime();
    long half = runtime.maxMemory() / 2;
    if (runtime.totalMemory() - runtime.freeMemory() > half) {
      runtime.gc();
      return runtime.totalMemory() - runtime.freeMemory() > half;
    }
    return false;
  }

  private Universe.Result once(long seed) throws IOException {
    try (Libraries libraries = Libraries.of(source)) {
      return machine.run(seed, libraries, this::make);
    }
  }

  private void checkScenario() throws IOException {
    try (Libraries libraries = Libraries.of(source)) {
      var unused = libraries.loadClass(scenario).asSubclass(Scenario.class).getConstructor();
    } catch (ReflectiveOperationException | ClassCastException | LinkageError error) {
      throw new Refusal(
          "scenario: "
              + scenario
              + " is no public class on the class path that implements Scenario and has a public"
              + " constructor without parameters: "
              + error);
    }
  }

  private Scenario make(ClassLoader loader) {
    try {
      return (Scenario) loader.loadClass(scenario).getConstructor().newInstance();
    } catch (ReflectiveOperationException error) {
      throw new IllegalStateException(error);
    }
  }

  private static URL[] urls(String classPath) {
    List<URL> urls = new ArrayList<>();
    for (String part : classPath.split(File.pathSeparator, -1)) {
      if (!part.isEmpty()) {
        try {
          urls.add(Path.of(part).toUri().toURL());
        } catch (MalformedURLException error) {
          throw new Refusal("class-path: " + part + ": " + error.getMessage());
        }
      }
    }
    return urls.toArray(URL[]::new);
  }

  private static void tell(PrintStream out, String what, String text) {
    out.println(MARK + what + "\t" + text.replaceAll("\\s*\\R\\s*", "; "));
  }
}
