package dev.faultline.cli.bench;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The objects whose histories are made here. */
final class Things {
  private Things() {}

  /** Half reads, half writes of values that are written once. */
  static final class Register implements Thing {
    private @Nullable Object value;
    private long next;

    @Override
    public Act next(RandomGenerator random, int process) {
      return random.nextBoolean() ? new Act("read", null) : new Act("write", ++next);
    }

    @Override
    public @Nullable Object apply(Act act, int process) {
      if (act.f().equals("write")) {
        value = act.input();
        return null;
      }
      return value;
    }
  }

  /** Reads, writes and compare-and-sets of few values. */
  static final class Cas implements Thing {
    private final int values;
    private @Nullable Object value;

    Cas(int values) {
      this.values = values;
    }

    @Override
    public Act next(RandomGenerator random, int process) {
      long some = random.nextInt(values);
      return switch (random.nextInt(3)) {
        case 0 -> new Act("read", null);
        case 1 -> new Act("write", some);
        default -> new Act("cas", Arrays.asList((long) random.nextInt(values), some));
      };
    }

    @Override
    public @Nullable Object apply(Act act, int process) {
      switch (act.f()) {
        case "write" -> value = act.input();
        case "cas" -> {
          List<?> pair = (List<?>) Objects.requireNonNull(act.input());
          if (!Objects.equals(pair.get(0), value)) {
            return FAILED;
          }
          value = pair.get(1);
        }
        default -> {
          return value;
        }
      }
      return null;
    }
  }

  /** A queue or a stack; values are put in once, or are among a few. */
  static final class Ends implements Thing {
    private final Deque<Object> held = new ArrayDeque<>();
    private final boolean stack;
    private final int values;
    private long next;

    Ends(boolean stack, int values) {
      this.stack = stack;
      this.values = values;
    }

    @Override
    public Act next(RandomGenerator random, int process) {
      if (random.nextBoolean()) {
        long value = values == 0 ? ++next : random.nextInt(values);
        return new Act(stack ? "push" : "enqueue", value);
      }
      return new Act(stack ? "pop" : "dequeue", null);
    }

    @Override
    public @Nullable Object apply(Act act, int process) {
      Object value = act.input();
      if (value == null) {
        return stack ? held.pollLast() : held.pollFirst();
      }
      held.addLast(value);
      return null;
    }
  }

  /** A priority queue of few values. */
  static final class Bag implements Thing {
    private final PriorityQueue<Object> held = new PriorityQueue<>();
    private final int values;

    Bag(int values) {
      this.values = values;
    }

    @Override
    public Act next(RandomGenerator random, int process) {
      return random.nextBoolean()
          ? new Act("insert", (long) random.nextInt(values))
          : new Act("poll", null);
    }

    @Override
    public @Nullable Object apply(Act act, int process) {
      Object value = act.input();
      if (value == null) {
        return held.poll();
      }
      held.add(value);
      return null;
    }
  }

  /** Adds, removals and looks at a tenth as many elements as there are operations. */
  static final class Elements implements Thing {
    private final Set<Object> held = new HashSet<>();
    private final int elements;

    Elements(int elements) {
      this.elements = elements;
    }

    @Override
    public Act next(RandomGenerator random, int process) {
      long element = random.nextInt(elements);
      return switch (random.nextInt(3)) {
        case 0 -> new Act("add", element);
        case 1 -> new Act("remove", element);
        default -> new Act("contains", element);
      };
    }

    @Override
    public Object apply(Act act, int process) {
      Object element = Objects.requireNonNull(act.input());
      return switch (act.f()) {
        case "add" -> held.add(element);
        case "remove" -> held.remove(element);
        default -> held.contains(element);
      };
    }
  }

  /** Whoever has it gives it back next; a token rises with each hold where they are asked for. */
  static final class Lock implements Thing {
    private final boolean tokens;
    private int holder = -1;
    private long token;

    Lock(boolean tokens) {
      this.tokens = tokens;
    }

    @Override
    public Act next(RandomGenerator random, int process) {
      return new Act(holder == process ? "release" : "acquire", null);
    }

    @Override
    public boolean isAwaited(int process) {
      return holder == process;
    }

    @Override
    public @Nullable Object apply(Act act, int process) {
      if (act.f().equals("release")) {
        holder = -1;
        return null;
      }
      if (holder >= 0) {
        return WAIT;
      }
      holder = process;
      return tokens ? ++token : null;
    }
  }
}
