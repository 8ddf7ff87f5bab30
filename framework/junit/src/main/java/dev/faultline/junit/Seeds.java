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
    List<Long> seeds = asked(method, parameters);
    if (!seeds.isEmpty()) {
      return seeds;
    }
    long count = count(method, RUNS, test.runs(), parameters);
    for (int i = 0; seeds.size() < count; i++) {
      long seed = own(method, i);
      if (!seeds.contains(seed)) {
        seeds.add(seed);
      }
    }
    return seeds;
  }

  /** The seeds that were asked for instead of the test's own, if any. */
  static List<Long> asked(Method method, Function<String, Optional<String>> parameters) {
    List<Long> seeds = new ArrayList<>();
    Optional<String> asked = parameters.apply(SEED).filter(s -> !s.isBlank());
    if (asked.isPresent()) {
      for (String word : asked.get().split(",")) {
        seeds.add(number(method, SEED, word.strip()));
      }
    }
    return seeds;
  }

  /** A number of the annotation, or what was asked for instead. */
  static long count(
      Method method, String name, long own, Function<String, Optional<String>> parameters) {
    Optional<String> asked = parameters.apply(name).filter(s -> !s.isBlank());
    long count = asked.isPresent() ? number(method, name, asked.get().strip()) : own;
    if (count < 1) {
      String word = name.substring(name.indexOf('.') + 1);
      throw FaultExtension.misuse(method, word + " = " + count + ", want at least 1");
    }
    return count;
  }

  /** One of the seeds that come from a test's name. */
  static long own(Method method, int i) {
    return hash(method.getDeclaringClass().getName() + "#" + method.getName() + "#" + i) % BELOW;
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
