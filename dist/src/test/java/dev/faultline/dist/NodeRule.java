package dev.faultline.dist;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import java.util.List;
import java.util.Set;

/**
 * What node code must not do, because it would not do the same again: each as calls, with or
 * without a lambda or a method reference around them, and what to use instead.
 */
enum NodeRule {
  CLOCK("Env.clock, Env.timers") {
    @Override
    boolean forbids(Call call) {
      return call.is("java.lang.System", "nanoTime", "currentTimeMillis")
          || (call.owner().startsWith("java.time.") && call.is(call.owner(), "now"))
          || (call.owner().equals("java.time.Clock") && call.name().startsWith("system"))
          || call.is("java.util.Calendar", "getInstance")
          || (call.creates("java.util.Date") && call.parameters().isEmpty());
    }
  },

  RANDOM("Env.random(site)") {
    @Override
    boolean forbids(Call call) {
      boolean unseeded =
          call.creates("java.util.Random") || call.creates("java.util.SplittableRandom");
      return (unseeded && call.parameters().isEmpty())
          || call.is("java.lang.Math", "random")
          || call.is("java.lang.StrictMath", "random")
          || call.is("java.util.UUID", "randomUUID")
          || call.is("java.util.random.RandomGenerator", "getDefault", "of")
          || (call.is("java.util.Collections", "shuffle") && call.parameters().size() == 1)
          || call.owner().equals("java.util.concurrent.ThreadLocalRandom")
          || call.owner().equals("java.security.SecureRandom");
    }
  },

  THREADS("Env.timers; a node's code runs to its end on one thread") {
    // Of java.util.concurrent: what starts nothing and waits for nothing.
    private static final Set<String> QUIET =
        Set.of("TimeUnit", "CompletableFuture", "CompletionStage", "CompletionException");

    @Override
    boolean forbids(Call call) {
      String concurrent = "java.util.concurrent.";
      if (call.owner().startsWith(concurrent)) {
        String name = call.owner().substring(concurrent.length());
        boolean waits =
            call.name().endsWith("Async")
                || Set.of("delayedExecutor", "orTimeout", "completeOnTimeout", "get", "join")
                    .contains(call.name());
        return !name.startsWith("atomic.")
            && (!QUIET.contains(name) || waits || call.name().equals("sleep"));
      }
      return call.owner().equals("java.lang.Thread")
          || call.owner().equals("java.util.Timer")
          || call.is("java.lang.Object", "wait", "notify", "notifyAll")
          || (call.owner().startsWith("java.util.")
              && Set.of("parallel", "parallelStream").contains(call.name()));
    }
  },

  IDENTITY("an id of its own") {
    @Override
    boolean forbids(Call call) {
      return call.is("java.lang.System", "identityHashCode")
          || call.is("java.lang.Object", "hashCode")
          || call.creates("java.util.IdentityHashMap");
    }
  },

  HASH_ORDER("TreeMap, TreeSet, LinkedHashMap, LinkedHashSet, List") {
    @Override
    boolean forbids(Call call) {
      int count = call.parameters().size();
      boolean several = count > 1 || (count == 1 && call.parameters().get(0).isArray());
      return call.creates("java.util.HashMap")
          || call.creates("java.util.HashSet")
          || call.creates("java.util.Hashtable")
          || call.creates("java.util.WeakHashMap")
          || call.creates("java.util.concurrent.ConcurrentHashMap")
          || (call.is("java.util.Map", "of") && count > 2)
          || call.is("java.util.Map", "ofEntries", "copyOf")
          || (call.is("java.util.Set", "of") && several)
          || call.is("java.util.Set", "copyOf")
          || call.is(
              "java.util.stream.Collectors", "toSet", "toUnmodifiableSet", "toUnmodifiableMap")
          || (call.is("java.util.stream.Collectors", "toMap") && count < 4)
          || (call.is("java.util.stream.Collectors", "groupingBy") && count < 3);
    }
  },

  MACHINE("Env.disk, Env.network, Env.config") {
    @Override
    boolean forbids(Call call) {
      return call.owner().startsWith("java.nio.file.")
          || call.owner().startsWith("java.nio.channels.")
          || call.owner().startsWith("java.net.")
          || call.owner().startsWith("java.lang.Process")
          || call.owner().equals("java.lang.Runtime")
          || call.is("java.lang.System", "getenv", "getProperty", "getProperties", "exit", "in")
          || call.owner().matches("java\\.io\\.(File.*|RandomAccessFile|Console|PrintStream)");
    }
  },

  MUTABLE_STATIC("a field of the node: two nodes share a JVM in simulation") {
    @Override
    boolean forbids(Call call) {
      return call.by().equals("<clinit>")
          && call.name().equals(JavaConstructor.CONSTRUCTOR_NAME)
          && isMutable(call.owner());
    }
  };

  private final String instead;

  NodeRule(String instead) {
    this.instead = instead;
  }

  String instead() {
    return instead;
  }

  abstract boolean forbids(Call call);

  /** Collections and holders whose content can change. */
  static boolean isMutable(String type) {
    return type.matches(
        "java\\.util\\.(Array(List|Deque)|((Linked|Weak|Identity)?Hash|Tree|Enum)(Map|Set)|LinkedList"
            + "|PriorityQueue|BitSet|Vector|Stack|Random)"
            + "|java\\.util\\.concurrent\\.(atomic\\..*|Concurrent.*|CopyOnWrite.*|.*Queue|.*Deque)"
            + "|java\\.lang\\.String(Builder|Buffer)|java\\.lang\\.ThreadLocal");
  }

  /**
   * A call, or a reference to what could be called, or an access to a field.
   *
   * @param by the method that does it
   */
  record Call(String by, String owner, String name, List<JavaClass> parameters) {
    static Call of(JavaAccess<?> access) {
      List<JavaClass> parameters =
          access.getTarget() instanceof AccessTarget.CodeUnitAccessTarget code
              ? code.getRawParameterTypes()
              : List.of();
      return new Call(
          access.getOrigin().getName(),
          access.getTargetOwner().getName(),
          access.getTarget().getName(),
          parameters);
    }

    boolean is(String type, String... names) {
      return owner.equals(type) && List.of(names).contains(name);
    }

    boolean creates(String type) {
      return is(type, JavaConstructor.CONSTRUCTOR_NAME);
    }
  }
}
