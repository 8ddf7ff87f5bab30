package dev.faultline.junit;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The seeds of a test: derived from its name, so that they are the same on every machine. */
final class Seeds {
  static final String SEED = "faultline.seed";
  static final String RUNS = "faultline.runs";
  private static final long BELOW = 1_000_000;

  private Seeds() {}

  /**
   * @param parameters gives JUnit's configuration parameters, which fall back to system properties
   */
  static List<Long> of(
      FaultTest test, Method method, Function<String, Optional<String>> parameters) {
    Optional<String> asked = parameters.apply(SEED).filter(s -> !s.isBlank());
    List<Long> seeds = new ArrayList<>();
    if (asked.isPresent()) {
      for (String word : asked.get().split(",")) {
        seeds.add(number(method, SEED, word.strip()));
      }
      return seeds;
    }
    Optional<String> runs = parameters.apply(RUNS).filter(s -> !s.isBlank());
    long count = runs.isPresent() ? number(method, RUNS, runs.get().strip()) : test.runs();
    if (count < 1) {
      throw FaultExtension.misuse(method, "runs = " + count + ", want at least 1");
    }
    String name = method.getDeclaringClass().getName() + "#" + method.getName();
    for (int i = 0; seeds.size() < count; i++) {
      long seed = hash(name + "#" + i) % BELOW;
      if (!seeds.contains(seed)) {
        seeds.add(seed);
      }
    }
    return seeds;
  }

  private static long number(Method method, String name, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw FaultExtension.misuse(method, name + "=" + text + ", want a whole number");
    }
  }

  /** FNV-1a of 64 bits, mixed, without sign. */
  private static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 32)) * 0xd6e8feb86659fd93L;
    return (hash ^ (hash >>> 32)) & Long.MAX_VALUE;
  }
}
