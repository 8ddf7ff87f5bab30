package dev.faultline.checker.objects;

import dev.faultline.checker.Planting;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Mistakes of counters, of ids and of banks. */
final class ValuePlantings {
  static final List<Planting> COUNTER =
      List.of(
          new Planting("lost adds", (history, random) -> added(history, random, -1)),
          new Planting("adds counted twice", (history, random) -> added(history, random, 1)));
  static final List<Planting> IDS =
      List.of(new Planting("ids given out twice", ValuePlantings::idTwice));
  static final List<Planting> BANK =
      List.of(new Planting("transfers of which a read shows half", ValuePlantings::half));

  private ValuePlantings() {}

  /** From an acknowledged add on, reads show its amount so often more. */
  private static @Nullable History added(History history, RandomGenerator random, int times) {
    Operation add =
        Planting.pick(history.operations(op -> op.ok() && op.f().equals("add")), random);
    Long amount = add == null ? null : Told.number(add.input());
    if (add == null || amount == null) {
      return null;
    }
    Map<Operation, Long> answers = new HashMap<>();
    for (Operation read : history.operations(op -> op.ok() && op.f().equals("read"))) {
      Long shown = Told.number(read.output());
      if (shown != null && add.precedes(read) && Objects.equals(read.key(), add.key())) {
        answers.put(read, shown + times * amount);
      }
    }
    return Planting.answering(history, answers);
  }

  private static @Nullable History idTwice(History history, RandomGenerator random) {
    List<Operation> given =
        history.operations(op -> op.ok() && op.f().equals("generate") && op.output() != null);
    Operation again = Planting.pick(given, random);
    Operation first =
        again == null
            ? null
            : Planting.pick(given.stream().filter(op -> !op.equals(again)).toList(), random);
    return again == null || first == null || first.output() == null
        ? null
        : Planting.answering(history, Map.of(again, first.output()));
  }

  /** A read shows that an account gave, and not that the other got. */
  private static @Nullable History half(History history, RandomGenerator random) {
    Operation transfer =
        Planting.pick(history.operations(op -> op.ok() && op.f().equals("transfer")), random);
    Operation read =
        transfer == null
            ? null
            : Planting.pick(
                history.operations(op ->
                    op.ok()
                        && op.f().equals("read")
                        && op.output() instanceof Map
                        && op.returned() > transfer.invoked()),
                random);
    if (transfer == null
        || read == null
        || !(transfer.input() instanceof Map<?, ?> asked)
        || !(read.output() instanceof Map<?, ?> accounts)) {
      return null;
    }
    Long amount = Told.number(asked.get("amount"));
    Long has = Told.number(accounts.get(asked.get("to")));
    if (amount == null || has == null) {
      return null;
    }
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    accounts.forEach((account, balance) -> shown.put(String.valueOf(account), balance));
    shown.put(String.valueOf(asked.get("to")), has - amount);
    return Planting.answering(history, Map.of(read, shown));
  }
}
