package dev.faultline.checker.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checker.model.Models;
import dev.faultline.checker.oracle.Oracle.Decision;
import dev.faultline.history.Entry;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class OracleTest {
  private static final Map<String, String> REGISTER = Map.of("model", "register");

  @Test
  void triesOrders() {
    assertThat(Oracle.decide(REGISTER, operations("write", 1))).isEqualTo(Decision.ORDERED);
    assertThat(Oracle.decide(REGISTER, operations("write", 2))).isEqualTo(Decision.NOT_ORDERED);
  }

  @Test
  void saysWhatItDoesNotKnow() {
    assertThat(Oracle.decide(REGISTER, operations("dequeue", 1))).isEqualTo(Decision.NOT_ITS_KIND);
    assertThat(Oracle.decide(Map.of("model", "teapot"), List.of()))
        .isEqualTo(Decision.NOT_ITS_KIND);
  }

  @Test
  void doesNotTryTooMany() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i <= Oracle.MOST; i++) {
      Row row = new Row(i, null, null, "write", 1L);
      row.invoked = i;
      rows.add(row);
    }
    List<Operation> many = Row.operations(rows);
    assertThat(Oracle.decide(REGISTER, many)).isEqualTo(Decision.TOO_LARGE);
    assertThat(Oracle.decide(REGISTER, many.subList(1, many.size()))).isEqualTo(Decision.ORDERED);
  }

  /** One that returns at the moment in which the other is called is concurrent with it. */
  @Test
  void whatMeetsIsConcurrent() {
    Row write = new Row(0, null, null, "write", 1L);
    write.type = Entry.Type.OK;
    write.invoked = 1;
    write.returned = 2;
    Row read = new Row(1, null, null, "read", null);
    read.type = Entry.Type.OK;
    read.invoked = 2;
    read.returned = 3;
    List<Row> rows = List.of(write, read);
    assertThat(Oracle.decide(REGISTER, Row.operations(rows))).isEqualTo(Decision.ORDERED);
    assertThat(Oracle.decide(REGISTER, Row.history(rows).operations())).isEqualTo(Decision.ORDERED);
    read.invoked = 3;
    assertThat(Oracle.decide(REGISTER, Row.operations(rows))).isEqualTo(Decision.NOT_ORDERED);
    assertThat(Oracle.decide(REGISTER, Row.history(rows).operations()))
        .isEqualTo(Decision.NOT_ORDERED);
  }

  @Test
  void everyModelHasAToy() {
    TreeSet<String> models = new TreeSet<>(Models.ids());
    models.addAll(List.of("register", "cas-register", "mutex"));
    TreeSet<String> toys = new TreeSet<>();
    Toys.all().forEach(toy -> toys.add(String.valueOf(toy.params().get("model"))));
    assertThat(toys).isEqualTo(models);
  }

  /** What the first does with a 1, and what the second reads afterwards. */
  private static List<Operation> operations(String f, long read) {
    Row first = new Row(0, null, null, f, 1L);
    Row second = new Row(1, null, null, "read", null);
    second.output = read;
    for (Row row : List.of(first, second)) {
      row.type = Entry.Type.OK;
    }
    first.returned = 1;
    second.invoked = 2;
    second.returned = 3;
    return History.of(Row.history(List.of(first, second)).entries()).operations();
  }
}
