package dev.faultline.junit;

import dev.faultline.harness.judge.Judgement.Status;
import dev.faultline.harness.run.Request;
import dev.faultline.json.Durations;
import dev.faultline.json.JsonException;
import dev.faultline.json.JsonView;
import dev.faultline.spec.FaultPlan;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From the annotation to a request. */
final class Asked {
  private Asked() {}

  static Request request(FaultTest test, Method method, long seed) {
    if (!test.property().isEmpty() && test.verdict() != Status.INVALID) {
      throw FaultExtension.misuse(method, "property needs verdict = INVALID");
    }
    if (test.faults().length > 0 && !test.plan().isEmpty()) {
      throw FaultExtension.misuse(method, "give either faults or plan");
    }
    return new Request(
        test.target(),
        orNull(test.workload()),
        orNull(test.environment()),
        kinds(test.faults()),
        test.plan().isEmpty() ? null : plan(test.plan(), method),
        List.of(test.expect()),
        options(test.options(), method),
        duration("time", test.time(), method),
        seed,
        test.nodes(),
        test.concurrency(),
        test.rate());
  }

  /** {@code none} means no faults, as on the command line; nothing means the default mix. */
  static @Nullable List<String> kinds(String[] faults) {
    List<String> kinds = List.of(faults);
    return kinds.isEmpty() ? null : kinds.equals(List.of("none")) ? List.of() : kinds;
  }

  static Map<String, String> options(String[] given, Method method) {
    Map<String, String> options = new LinkedHashMap<>();
    for (String option : given) {
      String[] pair = option.split("=", 2);
      if (pair.length != 2) {
        throw FaultExtension.misuse(method, "options: '" + option + "', want KEY=VALUE");
      }
      options.put(pair[0], pair[1]);
    }
    return options;
  }

  static Duration duration(String name, String text, Method method) {
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw FaultExtension.misuse(method, name + ": " + e.getMessage());
    }
  }

  private static FaultPlan plan(String name, Method method) {
    try {
      return FaultPlan.fromJson(JsonView.parse(name, text(name, method)));
    } catch (JsonException e) {
      throw FaultExtension.misuse(method, "plan: " + e.getMessage());
    }
  }

  private static String text(String name, Method method) {
    try (InputStream in = open(name, method)) {
      if (in == null) {
        throw FaultExtension.misuse(
            method,
            "plan: neither a file '%s' in %s nor such a resource on the class path"
                .formatted(name, Path.of("").toAbsolutePath()));
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw FaultExtension.misuse(method, "plan: cannot read '" + name + "': " + e.getMessage());
    }
  }

  private static @Nullable InputStream open(String name, Method method) throws IOException {
    Path file = Path.of(name);
    return Files.isRegularFile(file)
        ? Files.newInputStream(file)
        : method.getDeclaringClass().getResourceAsStream("/" + name);
  }

  static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
