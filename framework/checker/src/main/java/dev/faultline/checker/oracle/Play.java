package dev.faultline.checker.oracle;

import dev.faultline.checker.oracle.Toy.Ask;
import dev.faultline.checker.oracle.Toy.Did;
import dev.faultline.history.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Clients at play: a good history by construction. Each operation takes effect at one moment while
 * it is open; one that was given up maybe later, or never.
 */
final class Play {
  private static final long GAP = 10;
  private static final double RARELY = 0.15;
  private static final List<Object> GUESSES = List.of(1L, 2L, 3L, 5L, 8L);

  private final Toy toy;
  private final RandomGenerator random;
  private final int most;
  private final Map<String, @Nullable Object> objects = new HashMap<>();
  private final List<Row> rows = new ArrayList<>();
  private final List<Running> givenUp = new ArrayList<>();
  private final int keys;
  private final double unknown;
  private final boolean named;

  /** How many values there are; 0: each value comes once. */
  private final int few;

  private long line;
  private long next;

  /** An operation under way; {@code did} once it has taken effect. */
  private static final class Running {
    final Row row;
    final Tells tells;
    @Nullable Did did;

    Running(Row row, Tells tells) {
      this.row = row;
      this.tells = tells;
    }
  }

  /**
   * The players.
   *
   * @param most so many operations at most
   */
  Play(Toy toy, RandomGenerator random, int most) {
    this.toy = toy;
    this.random = random;
    this.most = most;
    this.keys = random.nextInt(5) == 0 ? 2 : random.nextInt(2);
    this.unknown = random.nextInt(3) * 0.2;
    this.named = random.nextBoolean();
    this.few = random.nextInt(4);
  }

  private long value() {
    return few == 0 ? ++next : 1 + random.nextInt(few);
  }

  List<Row> rows() {
    int processes = random.nextInt(2, 6);
    int left = random.nextInt(2, most + 1);
    @Nullable Running[] clients = new @Nullable Running[processes];
    int[] process = new int[processes];
    int fresh = processes;
    for (int i = 0; i < processes; i++) {
      process[i] = i;
    }
    for (int open = 0; left > 0 || open > 0; ) {
      int c = random.nextInt(processes);
      Running running = clients[c];
      if (!givenUp.isEmpty() && random.nextInt(6) == 0) {
        happen(givenUp.remove(random.nextInt(givenUp.size())));
      } else if (running == null) {
        if (left > 0) {
          left--;
          open++;
          clients[c] = invoke(process[c], named ? "c" + c : null);
        }
      } else if (running.did == null && random.nextInt(3) > 0) {
        happen(running);
      } else if (running.did == null
          ? random.nextDouble() < Math.max(unknown, RARELY)
          : random.nextInt(3) > 0) {
        boolean answered = running.did != null && random.nextDouble() >= unknown;
        finish(running, answered);
        process[c] = running.row.answered() ? process[c] : fresh++;
        clients[c] = null;
        open--;
      }
      if (left == 0 && open > 0 && random.nextInt(60) == 0) {
        // The recording ends here, with operations open.
        break;
      }
    }
    return rows;
  }

  private Running invoke(int process, @Nullable String client) {
    Toy.Question question = toy.any(random);
    boolean single = !toy.acrossKeys() || !question.f().equals("txn");
    Object key = keys == 0 || !single ? null : "x" + random.nextInt(keys);
    Object input = question.input().make(random, this::value);
    Row row = new Row(process, client, key, question.f(), input);
    line += GAP;
    row.invoked = line;
    rows.add(row);
    return new Running(row, question.tells());
  }

  private void happen(Running running) {
    Row row = running.row;
    String key = toy.acrossKeys() ? "" : String.valueOf(row.key);
    Object state = objects.containsKey(key) ? objects.get(key) : toy.fresh();
    Ask ask = EveryOrder.ask(Row.operations(List.of(row)).get(0), GUESSES);
    List<Did> all = toy.play(state, ask);
    if (all.isEmpty()) {
      return;
    }
    // Mostly the first, so that tokens and ids stay close together.
    Did did = all.get(random.nextInt(3) > 0 ? 0 : random.nextInt(all.size()));
    running.did = did;
    objects.put(key, did.state());
  }

  private void finish(Running running, boolean answered) {
    Row row = running.row;
    Did did = running.did;
    if (did == null && (unknown == 0 || random.nextInt(3) == 0) && !toy.failureIsAnswer(row.f)) {
      // Nothing happened, and the client was told so.
      line += GAP;
      row.returned = line;
      row.type = Entry.Type.FAIL;
      return;
    }
    if (!answered || did == null) {
      if (did == null) {
        givenUp.add(running);
      }
      // Some leave a line, and some just end.
      if (random.nextBoolean()) {
        line += GAP;
        row.returned = line;
      }
      return;
    }
    line += GAP;
    row.returned = line;
    row.type = did.failed() ? Entry.Type.FAIL : Entry.Type.OK;
    row.output = running.tells.tell(did.answer(), random);
  }
}
