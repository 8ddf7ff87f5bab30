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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A read shows only what somebody may have added (C-SET). Violated when an {@code ok} read shows an
 * element that nobody asked to add ({@code never-added}), whose adds all certainly failed ({@code
 * refused}), or whose first add was invoked after the read had returned ({@code too-early}); or one
 * element twice ({@code twice}).
 */
final class SetPhantom implements Checker {
  static final Property PROPERTY =
      new Property("set.no-phantom", "a read shows only elements that were added, each once");

  @Override
  public Property property() {
    return PROPERTY;
  }

  @Override
  public List<Planting> plantings() {
    return SetPlantings.TWICE;
  }

  @Override
  public Verdict check(History history, Budget budget) {
    long examined = 0;
    for (List<Operation> ops : Told.byKey(history).values()) {
      Map<@Nullable Object, Operation> refused = new HashMap<>();
      Map<@Nullable Object, Operation> added = new HashMap<>();
      for (Operation op : ops) {
        if (op.f().equals("add")) {
          (Told.failed(op) ? refused : added).putIfAbsent(Told.plain(op.input()), op);
        }
      }
      for (Operation op : ops) {
        List<@Nullable Object> elements = op.f().equals("read") ? Told.elements(op) : null;
        if (elements == null) {
          continue;
        }
        Set<@Nullable Object> seen = new HashSet<>();
        for (Object element : elements) {
          Verdict bad =
              !seen.add(element)
                  ? twice(op, element)
                  : unexplained(op, element, added.get(element), refused.get(element));
          if (bad != null) {
            return bad;
          }
          examined++;
        }
        Verdict over = Told.exhausted(budget, examined);
        if (over != null) {
          return over;
        }
      }
    }
    return new Verdict.Valid(examined);
  }

  /** Null if the element may have been there. */
  static @Nullable Verdict unexplained(
      Operation read, @Nullable Object element, @Nullable Operation add, @Nullable Operation no) {
    if (add != null && add.invoked() < read.returned()) {
      return null;
    }
    String what = Told.json(element);
    if (add != null) {
      return new Verdict.Invalid(
          "too-early",
          new Witness(
              "A read shows %s before anybody asked to add it.".formatted(what),
              List.of(Told.step(read, "shows " + what), Told.step(add, "added only now"))));
    }
    if (no != null) {
      return new Verdict.Invalid(
          "refused",
          new Witness(
              "A read shows %s, of which the add certainly failed.".formatted(what),
              List.of(Told.step(no, "did not happen"), Told.step(read, "shows " + what))));
    }
    return new Verdict.Invalid(
        "never-added",
        new Witness(
            "A read shows %s, which nobody asked to add.".formatted(what),
            List.of(Told.step(read, "shows " + what))));
  }

  private static Verdict twice(Operation read, @Nullable Object element) {
    return new Verdict.Invalid(
        "twice",
        new Witness(
            "A read shows %s twice.".formatted(Told.json(element)),
            List.of(Told.step(read, null))));
  }
}
