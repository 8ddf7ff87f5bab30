package dev.faultline.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class OperationTableTest {
  private static final int ROWS = 10_000;

  /** What a row says is what the operation says that was put in, over several chunks. */
  @Test
  void rowsAreTheOperationsThatWerePutIn() {
    SplittableRandom random = new SplittableRandom(3);
    List<Operation> expected = new ArrayList<>();
    OperationTable.Builder builder = new OperationTable.Builder();
    for (int i = 0; i < ROWS; i++) {
      Operation op = operation(random, i);
      expected.add(op);
      put(builder, op);
    }
    OperationTable table = builder.table();
    assertThat(table).isEqualTo(expected);
    OperationColumns listed = new OperationColumns.Listed(expected);
    assertThat(OperationColumns.of(table)).isSameAs(table);
    for (int i = 0; i < ROWS; i++) {
      assertThat(row(table, i)).isEqualTo(row(listed, i));
    }
    for (Outcome outcome : Outcome.values()) {
      assertThat(table.count(outcome)).isEqualTo(listed.count(outcome)).isPositive();
    }
    assertThatThrownBy(() -> table.get(ROWS)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(History.ofOperations(table).operations()).isSameAs(table);
  }

  @Test
  void rowsThatAreNeverCompletedAreOpen() {
    OperationTable.Builder builder = new OperationTable.Builder();
    builder.invoke(7, "write", "x", 1L, 3, 30);
    Operation open = builder.table().get(0);
    assertThat(open.outcome()).isEqualTo(Outcome.INFO);
    assertThat(open.error()).isEqualTo("never completed");
    assertThat(open.returned()).isEqualTo(Operation.NEVER);
    assertThat(open.intendedTime()).isEqualTo(30);
  }

  @Test
  void rowsCanBePutInAnotherOrder() {
    SplittableRandom random = new SplittableRandom(5);
    List<Operation> all = new ArrayList<>();
    OperationTable.Builder builder = new OperationTable.Builder();
    for (int i = 0; i < 100; i++) {
      all.add(operation(random, i));
      put(builder, all.get(i));
    }
    int[] back = IntStream.range(0, 100).map(i -> 99 - i).toArray();
    OperationTable table = builder.inOrder(back).table();
    for (int i = 0; i < 100; i++) {
      Operation was = all.get(99 - i);
      Operation is = table.get(i);
      assertThat(is.id()).isEqualTo(i);
      assertThat(List.of(is.f(), is.outcome(), is.invoked(), is.returned(), is.process()))
          .isEqualTo(List.of(was.f(), was.outcome(), was.invoked(), was.returned(), was.process()));
      assertThat(is.input()).isEqualTo(was.input());
      assertThat(is.error()).isEqualTo(was.error());
    }
  }

  private static List<Object> row(OperationColumns columns, int place) {
    return List.of(
        columns.id(place),
        columns.f(place),
        String.valueOf(columns.key(place)),
        String.valueOf(columns.input(place)),
        String.valueOf(columns.output(place)),
        columns.outcome(place),
        columns.ok(place),
        columns.invoked(place),
        columns.returned(place));
  }

  private static Operation operation(SplittableRandom random, int id) {
    Outcome outcome = Outcome.values()[random.nextInt(3)];
    boolean unknown = outcome == Outcome.INFO;
    boolean rare = id > ROWS / 2 && random.nextInt(50) == 0;
    long time = 100L * id;
    return new Operation(
        id,
        random.nextInt(9),
        random.nextBoolean() ? "read" : "write",
        rare ? "k" + id : null,
        random.nextBoolean() ? (Object) random.nextLong(100) : null,
        random.nextBoolean() ? (Object) random.nextLong(100) : null,
        outcome,
        outcome == Outcome.OK ? null : "because " + id,
        2L * id,
        time,
        unknown ? Operation.NEVER : 2L * id + 1,
        unknown ? Operation.NEVER : time + 7,
        rare ? "c" + id : null,
        rare ? "n" + id : null,
        rare ? time - 5 : time);
  }

  private static void put(OperationTable.Builder builder, Operation op) {
    int row =
        builder.invoke(op.process(), op.f(), op.key(), op.input(), op.invoked(), op.invokeTime());
    if (op.client() != null || op.intendedTime() != op.invokeTime()) {
      builder.who(row, op.client(), op.node(), op.intendedTime());
    }
    builder.complete(row, op.outcome(), op.output(), op.error(), op.returned(), op.returnTime());
  }
}
