package dev.faultline.checker.oracle;

import dev.faultline.history.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One change of a history, which may make it a bad one. */
final class Mutation {
  private static final int KINDS = 12;

  private Mutation() {}

  /** Changes the rows in one of many ways; sometimes there is no place for it. */
  static void apply(List<Row> rows, RandomGenerator random) {
    if (rows.isEmpty()) {
      return;
    }
    Row row = rows.get(random.nextInt(rows.size()));
    Row other = alike(rows, row, random);
    switch (random.nextInt(KINDS)) {
      // Answers are swapped, or stale.
      case 0, 1 -> {
        if (other != null) {
          Object mine = row.output;
          row.output = other.output;
          other.output = mine;
        }
      }
      case 2 -> row.output = other == null ? row.output : other.output;
      // Lost.
      case 3 -> rows.remove(row);
      // It happens twice: side by side, or one after the other.
      case 4 -> {
        Row twice = row.copy();
        twice.invoked += random.nextInt(3);
        if (random.nextBoolean() && row.answered()) {
          twice.invoked = row.returned + 1;
        }
        if (twice.returned != Row.NEVER) {
          twice.returned = Math.max(twice.returned, twice.invoked) + 1 + random.nextInt(40);
        }
        rows.add(twice);
      }
      // What is known of it changes.
      case 5 -> row.type = row.type == Entry.Type.FAIL ? Entry.Type.OK : Entry.Type.FAIL;
      case 6 -> row.type = row.type == Entry.Type.INFO ? Entry.Type.OK : Entry.Type.INFO;
      // The call comes later than it did, or the answer earlier.
      case 7 -> {
        if (row.returned != Row.NEVER) {
          row.invoked = random.nextLong(row.invoked, row.returned + 1);
        }
      }
      case 8, 9 -> {
        if (row.returned != Row.NEVER) {
          row.returned = random.nextLong(row.invoked, row.returned + 1);
        }
      }
      // The answer is another one of the same kind.
      default -> row.output = spoilt(row.output, random);
    }
    if (row.type != Entry.Type.INFO && row.returned == Row.NEVER) {
      row.returned = row.invoked + 1 + random.nextInt(40);
    }
    tidy(rows);
  }

  private static @Nullable Row alike(List<Row> rows, Row row, RandomGenerator random) {
    List<Row> alike = new ArrayList<>();
    for (Row other : rows) {
      if (other != row && other.f.equals(row.f) && other.type == Entry.Type.OK) {
        alike.add(other);
      }
    }
    return alike.isEmpty() || row.type != Entry.Type.OK
        ? null
        : alike.get(random.nextInt(alike.size()));
  }

  private static @Nullable Object spoilt(@Nullable Object answer, RandomGenerator random) {
    if (answer instanceof Long n) {
      return random.nextInt(5) == 0 ? null : (Object) (n + (random.nextBoolean() ? 1 : -1));
    }
    if (answer instanceof Boolean flag) {
      return !flag;
    }
    if (answer instanceof String text) {
      return random.nextBoolean() || text.isEmpty()
          ? text + "1"
          : text.substring(0, text.length() - 1);
    }
    if (answer instanceof List<?> list && !list.isEmpty()) {
      List<@Nullable Object> changed = new ArrayList<>(list);
      int at = random.nextInt(changed.size());
      switch (random.nextInt(3)) {
        case 0 -> changed.set(at, spoilt(changed.get(at), random));
        case 1 -> Collections.swap(changed, 0, at);
        default -> {
          Object unused = changed.remove(at);
        }
      }
      return changed;
    }
    List<@Nullable Object> any = Arrays.asList(null, false, 1L, 2L, List.of());
    return any.get(random.nextInt(any.size()));
  }

  /** A process does one thing after another: who would do two at once is another one. */
  static void tidy(List<Row> rows) {
    int fresh = 0;
    for (Row row : rows) {
      fresh = Math.max(fresh, row.process);
    }
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      for (int j = 0; j < rows.size(); j++) {
        Row other = rows.get(j);
        boolean before = other.invoked < row.invoked || (other.invoked == row.invoked && j < i);
        if (i != j
            && other.process == row.process
            && before
            && (!other.answered() || other.returned >= row.invoked)) {
          fresh++;
          row.process = fresh;
          break;
        }
      }
    }
  }
}
