package dev.faultline.checker.monitor;

import dev.faultline.checker.model.Call;
import dev.faultline.checker.model.Model;
import dev.faultline.history.Operation;
import dev.faultline.history.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Small histories of one object that are good by construction, and the same with a lie in them.
 *
 * @param functions a name alone, or with a value, such as {@code add 1}; {@code #} is a value never
 *     used before
 * @param answers what an answer may be, given the state; the model picks those that are right
 */
public record RandomCalls<S>(
    Model<S> model,
    List<String> functions,
    BiFunction<Object, Call, List<@Nullable Object>> answers) {

  /** One operation under way. */
  private static final class Running {
    final int process;
    final String client;
    final String f;
    final @Nullable Object input;
    final long invoked;
    boolean applied;

    /** No answer was right when it was to take effect. */
    boolean stuck;

    @Nullable Object output;
    long returned = Operation.NEVER;

    Running(int process, String client, String f, @Nullable Object input, long invoked) {
      this.process = process;
      this.client = client;
      this.f = f;
      this.input = input;
      this.invoked = invoked;
    }

    Call call(int id) {
      boolean ok = returned != Operation.NEVER;
      return Call.of(
          new Operation(
              id,
              process,
              f,
              null,
              input,
              ok ? output : null,
              ok ? Outcome.OK : Outcome.INFO,
              null,
              invoked,
              invoked,
              returned,
              returned,
              client,
              null,
              invoked));
    }

    Call told(@Nullable Object answer) {
      Running copy = new Running(process, client, f, input, invoked);
      copy.output = answer;
      copy.returned = Operation.NEVER - 1;
      return copy.call(0);
    }
  }

  /** A history of so many calls. */
  public List<Call> create(long seed, int operations, double unknown, boolean lie) {
    Random random = new Random(seed);
    int clients = 1 + random.nextInt(4);
    List<Running> all = new ArrayList<>();
    @Nullable Running[] busy = new @Nullable Running[clients];
    List<Running> floating = new ArrayList<>();
    S state = model.initial();
    long line = 0;
    int open = 0;
    while (all.size() < operations || open > 0) {
      int c = random.nextInt(clients);
      Running running = busy[c];
      if (!floating.isEmpty() && random.nextInt(8) == 0) {
        state = apply(floating.remove(random.nextInt(floating.size())), state, random);
      } else if (running == null) {
        if (all.size() < operations) {
          running = invoke(all.size(), "c" + c, line++, random);
          all.add(running);
          busy[c] = running;
          open++;
        }
      } else if (!running.applied && (unknown == 0 || random.nextInt(3) > 0) && !running.stuck) {
        state = apply(running, state, random);
      } else if (random.nextDouble() < (running.applied ? unknown : 0.3)) {
        if (!running.applied) {
          floating.add(running);
        }
        busy[c] = null;
        open--;
      } else if (running.applied) {
        running.returned = line++;
        busy[c] = null;
        open--;
      }
    }
    if (lie) {
      lie(all, state, random);
    }
    List<Call> calls = new ArrayList<>();
    all.sort(Comparator.comparingLong(r -> r.invoked));
    for (Running running : all) {
      calls.add(running.call(calls.size()));
    }
    return calls;
  }

  private Running invoke(int process, String client, long line, Random random) {
    String function = functions.get(random.nextInt(functions.size()));
    int blank = function.indexOf(' ');
    Object input = null;
    if (blank > 0) {
      String word = function.substring(blank + 1).replace("#", String.valueOf(process + 10));
      input = word.matches("-?[0-9]+") ? (Object) Long.valueOf(word) : word;
    }
    return new Running(
        process, client, blank > 0 ? function.substring(0, blank) : function, input, line);
  }

  private S apply(Running running, S state, Random random) {
    running.applied = true;
    List<@Nullable Object> possible = new ArrayList<>(answers.apply(state, running.told(null)));
    Collections.shuffle(possible, random);
    for (Object answer : possible) {
      List<S> next = model.step(state, running.told(answer));
      if (!next.isEmpty()) {
        running.output = answer;
        return next.get(random.nextInt(next.size()));
      }
    }
    running.applied = false;
    running.stuck = true;
    return state;
  }

  /** Another answer, two swapped answers, or another time. */
  private void lie(List<Running> all, S state, Random random) {
    List<Running> known = all.stream().filter(r -> r.returned != Operation.NEVER).toList();
    if (known.isEmpty()) {
      return;
    }
    Running one = known.get(random.nextInt(known.size()));
    Running two = known.get(random.nextInt(known.size()));
    switch (random.nextInt(3)) {
      case 0 -> {
        List<@Nullable Object> possible = answers.apply(state, one.told(null));
        if (!possible.isEmpty()) {
          one.output = possible.get(random.nextInt(possible.size()));
        }
      }
      case 1 -> {
        if (one.f.equals(two.f)) {
          Object output = one.output;
          one.output = two.output;
          two.output = output;
        }
      }
      default -> {
        for (Running other : all) {
          if (other.invoked > one.invoked && other.returned == one.returned + 1) {
            long returned = one.returned;
            one.returned = other.returned;
            other.returned = returned;
          }
        }
        one.output = two.f.equals(one.f) ? two.output : one.output;
      }
    }
  }
}
