package dev.faultline.checker.linear;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Checkers;
import dev.faultline.checker.Verdict;
import dev.faultline.checker.model.Model;
import dev.faultline.checker.model.Models;
import dev.faultline.history.History;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Histories of each model that are right, that are wrong, and that a crashed operation saves. */
final class ModelLinearizableTest {
  private static final Map<String, Map<String, Object>> PARAMS =
      Map.of(
          "semaphore", Map.of("permits", 2L),
          "bounded-queue", Map.of("capacity", 2L, "resume", 0L),
          "cas-register-observing", Map.of("init", 0L));

  /**
   * One line a history: model, "+" for right or "-" for wrong, operations one after another. An
   * operation is {@code f input → output}; "?" in place of the output: it crashed; "!": it failed.
   */
  private static final String HISTORIES =
      """
      cas-register-observing + read → 0; cas [0,2] → ok; cas [1,3] !; read → 2
      cas-register-observing - write 2 → ok; cas [2,3] !
      cas-register-observing + write 2 ?; cas [0,3] !; read → 2
      multi-register + txn [["w","x",1],["r","y",null]] → [["w","x",1],["r","y",null]]; txn [["r","x",null]] → [["r","x",1]]
      multi-register - txn [["w","x",1],["w","y",1]] → [["w","x",1],["w","y",1]]; txn [["r","x",null],["r","y",null]] → [["r","x",1],["r","y",null]]
      multi-register - txn [["r","x",null]] → [["r","y",null]]
      multi-register - txn [["r","x",null]] → 7
      multi-register + txn [["w","x",1]] ?; txn [["r","x",null]] → [["r","x",1]]
      owned-mutex + acquire → ok; release → ok; acquire → ok
      owned-mutex - acquire → ok; acquire → ok
      owned-mutex + acquire → ok; acquire → false
      owned-mutex - release → ok
      reentrant-mutex + acquire → ok; acquire → ok; release → ok; release → ok
      reentrant-mutex - acquire → ok; acquire → ok; release → ok; release → ok; release → ok
      semaphore + acquire → ok; acquire → ok; acquire → false; release → ok; acquire → ok
      semaphore - acquire 2 → ok; acquire → ok
      semaphore + acquire 2 → ok; release ?; acquire → ok
      fenced-lock + acquire → 3; acquire → 3; release → ok; acquire → 7
      fenced-lock - acquire → 3; release → ok; acquire → 3
      fenced-lock - acquire → "three"
      lease + acquire → 3; acquire → 5; acquire → false
      lease - acquire → 3; acquire → 2
      counter + add 3 → ok; add-and-get 2 → 5; get-and-add 1 → 5; read → 6
      counter - add 3 → ok; read → 2
      counter + add 3 ?; read → 0; read → 3
      grow-only-set + add 1 → ok; add 1 → false; contains 1 → true; read → [1]
      grow-only-set - add 1 → ok; read → []
      grow-only-set - add 1 → ok; read → 1
      grow-only-set + add 1 ?; read → [1]
      set + add 1 → ok; remove 1 → true; remove 1 → false; read → []
      set - add 1 → ok; remove 1 → ok; contains 1 → true
      set - add 1 ?; contains 1 → true; contains 1 → false
      queue + enqueue 1 → ok; enqueue 2 → ok; peek → 1; dequeue → 1; dequeue → 2; dequeue → null
      queue - enqueue 1 → ok; enqueue 2 → ok; dequeue → 2
      queue + enqueue 1 → ok; enqueue 2 → ok; dequeue ?; dequeue → 2
      queue - enqueue 1 → ok; enqueue 2 → ok; enqueue 3 → ok; dequeue ?; dequeue → 3
      bounded-queue + enqueue 1 → ok; enqueue 2 → ok; enqueue 3 → false; dequeue → 1; enqueue 3 → false
      bounded-queue - enqueue 1 → ok; enqueue 2 → ok; enqueue 3 → ok
      bag + enqueue 1 → ok; enqueue 2 → ok; dequeue → 2; dequeue → 1; dequeue → null
      bag - enqueue 1 → ok; dequeue → 1; dequeue → 1
      bag - enqueue 1 → ok; dequeue → null
      bag + enqueue 1 → ok; dequeue ?; dequeue → null
      stack + push 1 → ok; push 2 → ok; peek → 2; pop → 2; pop → 1; pop → null
      stack - push 1 → ok; push 2 → ok; pop → 1
      stack + push 1 → ok; push 2 ?; pop → 1; pop → 2
      deque + push-back 1 → ok; push-front 2 → ok; peek-back → 1; pop-front → 2; pop-back → 1
      deque - push-back 1 → ok; push-front 2 → ok; pop-back → 2
      priority-queue + insert 2 → ok; insert 1 → ok; peek → 1; poll → 1; poll → 2; poll → null
      priority-queue - insert 2 → ok; insert 1 → ok; poll → 2
      priority-queue + insert [1,"a"] → ok; insert [1,"b"] → ok; poll → [1,"b"]; poll → [1,"a"]
      priority-queue + insert 2 → ok; insert 1 ?; poll → 1; poll → 2
      map + put "a" → ok; append "b" → ok; get → "ab"; delete → true; get → null; cas [null,"c"] → ok
      map - put "a" → ok; delete → false
      map + put "a" → ok; append "b" ?; get → "a"; get → "ab"
      log + append "a" → 0; append "b" → ok; read → [[0,"a"],[1,"b"]]; read 1 → [[1,"b"]]
      log - append "a" → 0; append "b" → 2
      log + append "a" ?; append "b" → 1
      list-append + append 1 → ok; txn [["append","null",2],["r","null",null]] → [["append","null",2],["r","null",[1,2]]]
      list-append - append 1 → ok; append 2 → ok; read → [2,1]
      list-append + append 1 ?; append 2 → ok; read → [2]; read → [2,1]
      unique-ids + generate → "a"; generate ?; generate → "b"
      unique-ids - generate → "a"; generate → "b"; generate → "a"
      """;

  private static History history(String operations, boolean oneOwner) {
    StringBuilder text = new StringBuilder();
    int process = 0;
    for (String line : operations.split("; ", -1)) {
      boolean crashed = line.endsWith("?");
      boolean failed = line.endsWith("!");
      String[] halves = line.replaceAll(" [?!]$", "").split(" → ", -1);
      String asked = halves[0];
      String f = asked.split(" ", -1)[0];
      String answer = halves.length == 1 || halves[1].equals("ok") ? "" : " " + halves[1];
      // A process whose operation crashed asks no more.
      int by = oneOwner && !crashed ? 0 : ++process;
      text.append("p%d invoke %s%n".formatted(by, asked));
      String end = crashed ? "info" : failed ? "fail" : "ok";
      text.append("p%d %s %s%s%n".formatted(by, end, f, answer));
    }
    return History.parse(text.toString());
  }

  private static Map<String, Object> params(String model) {
    Map<String, Object> params = new HashMap<>(PARAMS.getOrDefault(model, Map.of()));
    params.put("model", model);
    return params;
  }

  @Test
  void everyModelJudgesItsHistories() {
    TreeSet<String> right = new TreeSet<>();
    TreeSet<String> wrong = new TreeSet<>();
    for (String line : HISTORIES.lines().toList()) {
      String[] parts = line.split(" ", 3);
      boolean good = parts[1].equals("+");
      boolean oneOwner = !parts[0].equals("lease") && !parts[2].contains("false");
      Verdict verdict =
          Checkers.create("linearizable", params(parts[0]))
              .check(history(parts[2], oneOwner), Budget.standard());
      assertThat(verdict)
          .as("%s: %s", line, verdict)
          .isInstanceOf(good ? Verdict.Valid.class : Verdict.Invalid.class);
      (good ? right : wrong).add(parts[0]);
    }
    assertThat(right).containsExactlyInAnyOrderElementsOf(Models.ids());
    assertThat(wrong).containsExactlyInAnyOrderElementsOf(Models.ids());
  }

  @Test
  void aFunctionOrInputThatAModelDoesNotKnowDecidesNothing() {
    List<String> reasons = new ArrayList<>();
    for (String line :
        List.of(
            "queue push 1 → ok",
            "counter add \"x\" → ok",
            "multi-register txn 3 → 3",
            "list-append append 1 → ok; write 2 → ok",
            "set remove → ok")) {
      String[] parts = line.split(" ", 2);
      Verdict verdict =
          Checkers.create("linearizable", params(parts[0]))
              .check(history(parts[1], true), Budget.standard());
      assertThat(verdict).as(line).isInstanceOf(Verdict.Unknown.class);
      reasons.add(((Verdict.Unknown) verdict).reason());
    }
    assertThat(reasons.get(0))
        .isEqualTo(
            "model queue cannot judge entry 0, push: unknown function; known: dequeue, enqueue,"
                + " peek");
    assertThat(reasons.get(3)).contains("entry 2, write");
  }

  @Test
  void aModelOfOnesOwnIsTenLines() {
    Model<Long> counter =
        Model.of(
            "my-counter",
            0L,
            (n, call) ->
                switch (call.f()) {
                  case "add" -> List.of(n + call.number());
                  case "read" -> call.answers(n) ? List.of(n) : List.of();
                  default -> throw call.unknown("add, read");
                });
    Verdict right =
        Linearizability.of(counter)
            .check(history("add 2 ?; read → 0; add 1 → ok; read → 3", true), Budget.standard());
    assertThat(right).as("%s", right).isInstanceOf(Verdict.Valid.class);
    assertThat(((Verdict.Valid) right).evidence().get("order"))
        .isEqualTo(Map.of("", List.of(1L, 2L, 0L, 3L)));
    Verdict wrong =
        Linearizability.of(counter).check(history("add 2 → ok; read → 1", true), Budget.standard());
    assertThat(wrong).as("%s", wrong).isInstanceOf(Verdict.Invalid.class);
  }

  @Test
  void partsThatNothingConnectsAreJudgedByThemselves() {
    Verdict verdict =
        Checkers.create("linearizable", Map.of("model", "set"))
            .check(
                history("add 1 → ok; add 2 → ok; remove 1 → true; contains 2 → true", true),
                Budget.standard());
    assertThat(((Verdict.Valid) verdict).evidence().get("order"))
        .isEqualTo(Map.of("1", List.of(0L, 2L), "2", List.of(1L, 3L)));
  }
}
