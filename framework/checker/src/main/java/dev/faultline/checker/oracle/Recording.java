package dev.faultline.checker.oracle;

import dev.faultline.checker.oracle.Toy.Did;
import dev.faultline.history.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A run of clients with one object, as it would be recorded; the object may slip once. The same
 * seed makes the same schedule, with a slip or without.
 */
final class Recording {
  private static final int CLIENTS = 4;
  private static final int OPERATIONS = 60;
  private static final int DRAINS = 80;
  private static final List<Object> GUESSES = List.of(1L, 4L, 9L, 16L, 25L);

  private final Scene scene;
  private final @Nullable Slip slip;
  private final SplittableRandom random;
  private final SplittableRandom choice;
  private final List<Row> rows = new ArrayList<>();

  /** What the object was, and when it became so. */
  private final List<@Nullable Object> states = new ArrayList<>();

  private final List<Long> since = new ArrayList<>();
  private int untilSlip;
  private boolean slipped;
  private long line;
  private long values;

  private Recording(Scene scene, long seed, @Nullable Slip slip) {
    this.scene = scene;
    this.slip = slip;
    this.random = new SplittableRandom(Samples.mix(seed, 1));
    this.choice = new SplittableRandom(Samples.mix(seed, 2));
    this.untilSlip = new SplittableRandom(Samples.mix(seed, 3)).nextInt(OPERATIONS / 3);
    states.add(scene.toy().fresh());
    since.add(0L);
  }

  /** The rows; null if there was no place for that slip. */
  static @Nullable List<Row> of(Scene scene, long seed, @Nullable Slip slip) {
    Recording recording = new Recording(scene, seed, slip);
    recording.play();
    if (slip == Slip.SWAPPED) {
      recording.swap();
    }
    return slip == null || recording.slipped ? recording.rows : null;
  }

  private void play() {
    for (Map.Entry<String, Object> e : scene.first()) {
      alone(e.getKey(), e.getValue());
    }
    @Nullable Row[] open = new @Nullable Row[CLIENTS];
    boolean[] done = new boolean[CLIENTS];
    int[] process = new int[CLIENTS];
    int fresh = CLIENTS;
    for (int i = 0; i < CLIENTS; i++) {
      process[i] = i;
    }
    int left = OPERATIONS;
    for (int busy = 0; left > 0 || busy > 0; ) {
      int c = random.nextInt(CLIENTS);
      int dice = random.nextInt(100);
      Row row = open[c];
      if (row == null) {
        if (left-- > 0) {
          open[c] = invoke(process[c], "c" + c);
          done[c] = false;
          busy++;
        }
        continue;
      }
      if (!done[c] && dice < 60) {
        done[c] = happen(row);
      } else if (done[c] ? dice < 60 : dice >= 90) {
        line++;
        row.returned = line;
        if (row.type != Entry.Type.FAIL) {
          boolean gone = !done[c] && !scene.toy().failureIsAnswer(row.f);
          boolean told = done[c] && dice >= 3;
          row.type = gone ? Entry.Type.FAIL : told ? Entry.Type.OK : Entry.Type.INFO;
        }
        process[c] = row.answered() ? process[c] : fresh++;
        open[c] = null;
        busy--;
      }
    }
    for (String f : scene.last()) {
      for (int i = 0; i < (scene.drained() ? DRAINS : 2); i++) {
        Object answer = alone(f, null);
        if (scene.drained() && answer == null) {
          break;
        }
      }
    }
  }

  private Row invoke(int process, String client) {
    Toy.Question question = scene.toy().any(random);
    Object input = question.input().make(random, () -> ++values);
    boolean keyed = scene.keyed() || (scene.toy().acrossKeys() && !question.f().equals("txn"));
    Row row = new Row(process, client, keyed ? Scene.KEY : null, question.f(), input);
    line++;
    row.invoked = line;
    rows.add(row);
    return row;
  }

  private @Nullable Object alone(String f, @Nullable Object input) {
    Row row = new Row(1_000, "c0", null, f, input);
    line++;
    row.invoked = line;
    rows.add(row);
    boolean unused = happen(row);
    line++;
    row.returned = line;
    row.type = Entry.Type.OK;
    return row.output;
  }

  /** Lets it take effect; false if it has to wait. */
  private boolean happen(Row row) {
    Object now = states.get(states.size() - 1);
    Did did = one(now, row);
    if (did == null) {
      return false;
    }
    if (did.failed()) {
      row.type = Entry.Type.FAIL;
      return true;
    }
    boolean changes = !Objects.equals(now, did.state());
    Did told = did;
    if (slip != null && !slipped && slip != Slip.SWAPPED) {
      Did wrong = wrong(slip, row, now, did, changes);
      if (wrong != null && untilSlip-- <= 0) {
        slipped = true;
        told = wrong;
        row.type = slip == Slip.DENIED ? Entry.Type.FAIL : row.type;
      }
    }
    row.output = scene.toy().told(row.f, told.answer(), choice);
    if (!Objects.equals(now, told.state())) {
      line++;
      states.add(told.state());
      since.add(line);
    }
    return true;
  }

  private @Nullable Did one(@Nullable Object state, Row row) {
    List<Did> all =
        scene.toy().play(state, EveryOrder.ask(Row.operations(List.of(row)).get(0), GUESSES));
    return all.isEmpty() ? null : all.get(0);
  }

  /** What comes of it instead; null if it makes no difference. */
  private @Nullable Did wrong(Slip kind, Row row, @Nullable Object now, Did did, boolean changes) {
    return switch (kind) {
      case LOST -> changes ? new Did(did.answer(), now) : null;
      case DENIED -> changes ? did : null;
      case DUPLICATED -> {
        Did twice = changes ? one(did.state(), row) : null;
        yield twice == null || Objects.equals(twice.state(), did.state())
            ? null
            : new Did(did.answer(), twice.state());
      }
      case PHANTOM -> {
        Object phantom = scene.toy().phantom(row.f, did.answer());
        yield Objects.equals(phantom, did.answer()) ? null : new Did(phantom, did.state());
      }
      case OMITTED -> {
        Object omitted = Slip.omitted(did.answer());
        yield Objects.equals(omitted, did.answer()) ? null : new Did(omitted, did.state());
      }
      case STALE -> stale(row, now, did);
      case SWAPPED -> null;
    };
  }

  /** An answer of what was over when it was asked, the last or the first; nothing changes then. */
  private @Nullable Did stale(Row row, @Nullable Object now, Did did) {
    boolean oldest = choice.nextBoolean();
    for (int k = 0; k < states.size() - 1; k++) {
      int i = oldest ? k : states.size() - 2 - k;
      Did then = since.get(i + 1) < row.invoked ? one(states.get(i), row) : null;
      if (then != null && !then.failed() && !Objects.equals(then.answer(), did.answer())) {
        return new Did(then.answer(), now);
      }
    }
    return null;
  }

  /** Gives two of the same function each other's answers. */
  private void swap() {
    int from = Math.floorMod(7 * untilSlip, Math.max(1, rows.size()));
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get((from + i) % rows.size());
      for (int j = 1; j < rows.size(); j++) {
        Row other = rows.get((from + i + j) % rows.size());
        if (row.f.equals(other.f)
            && row.type == Entry.Type.OK
            && other.type == Entry.Type.OK
            && !scene.toy().fits(row.f, row.output, other.output)
            && !Objects.equals(row.output, other.output)) {
          Object mine = row.output;
          row.output = other.output;
          other.output = mine;
          slipped = true;
          return;
        }
      }
    }
  }
}
