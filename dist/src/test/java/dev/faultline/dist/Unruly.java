package dev.faultline.dist;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What {@link NodeLint} must find: one thing in each class, called as the rule that forbids it. */
@SuppressWarnings("unused")
final class Unruly {
  private Unruly() {}

  /** All of this is allowed. */
  static final class Nothing {
    private static final List<String> NAMES = List.of("a", "b");
    private static final Map<String, Long> ONE = Map.of("a", 1L);

    private final Map<String, List<Integer>> sorted = new TreeMap<>();
    private final Random seeded = new Random(7);

    int sum() {
      sorted.put("n", new ArrayList<>(List.of(1, 2, 3)));
      var byKey =
          NAMES.stream()
              .collect(Collectors.groupingBy(n -> n, TreeMap::new, Collectors.counting()));
      return sorted.size() + ONE.size() + seeded.nextInt() + byKey.size() + Set.of("a").size();
    }
  }

  static final class Clock {
    long get() {
      return System.nanoTime();
    }
  }

  static final class ClockByReference {
    final LongSupplier time = System::currentTimeMillis;
  }

  static final class ClockInLambda {
    final Supplier<String> time = () -> "at " + Instant.now();
  }

  /** The clock is in a class that this one uses. */
  static final class ClockInHelper {
    private final Clock helper = new Clock();

    long get() {
      return helper.get();
    }
  }

  static final class RandomUnseeded {
    final Random random = new Random();
  }

  static final class RandomByReference {
    final Supplier<UUID> id = UUID::randomUUID;
  }

  static final class RandomOfThread {
    Random get() {
      return ThreadLocalRandom.current();
    }
  }

  static final class ThreadsOfItsOwn {
    Object go() {
      return Thread.ofVirtual();
    }
  }

  static final class ThreadsOfPool {
    CompletableFuture<Void> go() {
      return CompletableFuture.runAsync(() -> {});
    }
  }

  static final class ThreadsOfStream {
    long count(List<String> names) {
      return names.parallelStream().count();
    }
  }

  static final class IdentityOfObject {
    int get() {
      return System.identityHashCode(this);
    }
  }

  static final class HashOrderOfMap {
    final Map<String, String> map = new HashMap<>();
  }

  static final class HashOrderByReference {
    Map<String, String> map(Supplier<Map<String, String>> made) {
      Supplier<Map<String, String>> other = HashMap::new;
      return made.get();
    }
  }

  static final class HashOrderOfSetOf {
    final Set<String> set = Set.of("a", "b");
  }

  static final class HashOrderOfMapOf {
    final Map<String, String> map = Map.of("a", "1", "b", "2");
  }

  static final class HashOrderOfCollector {
    Set<String> set(Stream<String> names) {
      return names.collect(Collectors.toSet());
    }
  }

  static final class MachineFile {
    final Path path = Path.of("a");
  }

  static final class MachineByReference {
    final java.util.function.Function<String, @Nullable String> variable = System::getenv;
  }

  static final class MutableStaticField {
    static int count;
  }

  static final class MutableStaticList {
    static final List<String> ALL = new ArrayList<>();
  }

  static final class MutableStaticArray {
    static final int[] COUNTS = {0};
  }
}
