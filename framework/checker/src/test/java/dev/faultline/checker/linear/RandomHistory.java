package dev.faultline.checker.linear;

import dev.faultline.history.Entry;
import dev.faultline.history.History;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Histories of one simulated object per key, good by construction: each operation takes effect at
 * one moment while it is open, or an {@code info} one maybe later or never. A defect rate makes
 * answers wrong.
 *
 * @param values how many values are written; 0 means that each is written once
 * @param unknown chance that an operation ends {@code info}
 * @param defect chance that a read shows some other value, or a failed cas is reported as ok
 */
record RandomHistory(
    StepModel model,
    int processes,
    int operations,
    int keys,
    int values,
    double unknown,
    double defect) {

  /** One client's operation under way. */
  private static final class Running {
    final int process;
    final String f;
    final int key;
    final @Nullable Object input;
    @Nullable Object output;
    boolean applied;
    boolean refused;

    Running(int process, String f, int key, @Nullable Object input) {
      this.process = process;
      this.f = f;
      this.key = key;
      this.input = input;
    }
  }

  History create(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Entry> entries = new ArrayList<>();
    @Nullable Object[] state = new @Nullable Object[keys];
    boolean[] held = new boolean[keys];
    @Nullable Running[] clients = new @Nullable Running[processes];
    int[] process = new int[processes];
    Arrays.setAll(process, i -> i);
    int nextProcess = processes;
    List<Running> zombies = new ArrayList<>();
    int started = 0;
    long fresh = 1;
    while (started < operations || Arrays.stream(clients).anyMatch(c -> c != null)) {
      int c = random.nextInt(processes);
      Running running = clients[c];
      if (!zombies.isEmpty() && random.nextInt(8) == 0) {
        apply(zombies.remove(random.nextInt(zombies.size())), state, held);
      } else if (running == null) {
        if (started < operations) {
          started++;
          int key = random.nextInt(keys);
          running = invoke(process[c], key, random, fresh++, state[key]);
          clients[c] = running;
          entries.add(entry(entries.size(), running, Entry.Type.INVOKE, running.input));
        }
      } else if (!running.applied && random.nextInt(3) > 0) {
        apply(running, state, held);
      } else if (random.nextDouble() < unknown) {
        entries.add(entry(entries.size(), running, Entry.Type.INFO, null));
        if (!running.applied) {
          zombies.add(running);
        }
        process[c] = nextProcess++;
        clients[c] = null;
      } else if (running.applied) {
        boolean lie = random.nextDouble() < defect;
        Object output = running.output;
        if (lie && running.f.equals("read")) {
          output = values == 0 ? (Object) (1 + random.nextLong(fresh)) : value(random, fresh);
        }
        Entry.Type type = running.refused && !lie ? Entry.Type.FAIL : Entry.Type.OK;
        entries.add(entry(entries.size(), running, type, output));
        clients[c] = null;
      }
    }
    return History.of(entries);
  }

  private long value(SplittableRandom random, long fresh) {
    return values == 0 ? fresh : 1 + random.nextInt(values);
  }

  private Running invoke(
      int process, int key, SplittableRandom random, long fresh, @Nullable Object now) {
    if (model == StepModel.MUTEX) {
      return new Running(process, random.nextBoolean() ? "acquire" : "release", key, null);
    }
    int choice = random.nextInt(model == StepModel.CAS_REGISTER ? 3 : 2);
    if (choice == 0) {
      return new Running(process, "read", key, null);
    }
    long value = value(random, fresh);
    if (choice == 1) {
      return new Running(process, "write", key, value);
    }
    Object expected = random.nextInt(3) == 0 ? (Object) value(random, fresh) : now;
    return new Running(process, "cas", key, Arrays.asList(expected, value));
  }

  private static void apply(Running r, @Nullable Object[] state, boolean[] held) {
    r.applied = true;
    switch (r.f) {
      case "read" -> r.output = state[r.key];
      case "write" -> state[r.key] = r.input;
      case "cas" -> {
        List<?> pair = (List<?>) Objects.requireNonNull(r.input);
        r.refused = !Objects.equals(state[r.key], pair.get(0));
        state[r.key] = r.refused ? state[r.key] : pair.get(1);
      }
      case "acquire" -> {
        r.refused = held[r.key];
        held[r.key] = true;
      }
      case "release" -> {
        r.refused = !held[r.key];
        held[r.key] = false;
      }
      default -> throw new IllegalArgumentException(r.f);
    }
  }

  private static Entry entry(long index, Running r, Entry.Type type, @Nullable Object value) {
    return new Entry.Op(
        index, index * 1000, r.process, type, r.f, "x" + r.key, value, null, null, null, false);
  }
}
