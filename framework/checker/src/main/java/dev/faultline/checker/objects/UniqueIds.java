package dev.faultline.checker.objects;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Checker;
import dev.faultline.checker.Planting;
import dev.faultline.checker.Property;
import dev.faultline.checker.Verdict;
import dev.faultline.checker.Witness;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** No id is given out twice (C-UNIQ): violated when two {@code ok} answers are equal. */
final class UniqueIds implements Checker {
  static final Property PROPERTY = new Property("ids.unique", "no id is given out twice");

  @Override
  public Property property() {
    return PROPERTY;
  }

  @Override
  public List<Planting> plantings() {
    return ValuePlantings.IDS;
  }

  @Override
  public Verdict check(History history, Budget budget) {
    Map<@Nullable Object, Operation> first = new HashMap<>();
    long ids = 0;
    for (Operation op : history.operations()) {
      if (!op.f().equals("generate") || !op.ok() || op.output() == null) {
        continue;
      }
      ids++;
      Operation before = first.putIfAbsent(Told.plain(op.output()), op);
      if (before != null) {
        return new Verdict.Invalid(
            "twice",
            new Witness(
                "The id %s was given out twice.".formatted(Told.json(op.output())),
                List.of(Told.step(before, null), Told.step(op, "the same id"))));
      }
    }
    Verdict over = Told.exhausted(budget, ids);
    return over == null ? new Verdict.Valid(ids) : over;
  }
}
