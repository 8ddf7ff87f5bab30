package dev.faultline.junit;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Checker;
import dev.faultline.checker.CheckerFactory;
import dev.faultline.checker.Property;
import dev.faultline.checker.Verdict;
import dev.faultline.checker.Witness;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import dev.faultline.history.Outcome;
import dev.faultline.json.JsonView;
import java.util.List;
import java.util.Objects;

/** A read gives what was written last, by the one client there is. */
public final class ToyChecker implements CheckerFactory {
  private static final Property LAST_WRITE =
      new Property("toy.last-write", "A read gives what was written last.");

  @Override
  public List<Property> properties() {
    return List.of(LAST_WRITE);
  }

  @Override
  public Checker create(String property, JsonView params) {
    return new Checker() {
      @Override
      public Property property() {
        return LAST_WRITE;
      }

      @Override
      public Verdict check(History history, Budget budget) {
        return ToyChecker.check(history);
      }
    };
  }

  private static Verdict check(History history) {
    Operation last = null;
    long reads = 0;
    for (Operation op : history.operations()) {
      if (op.f().equals("write")) {
        last = op;
      } else if (last != null && op.outcome() == Outcome.OK) {
        reads++;
        if (!Objects.equals(op.output(), last.input())) {
          return new Verdict.Invalid(
              "other-value",
              new Witness(
                  "A read gave %s after a write of %s.".formatted(op.output(), last.input()),
                  List.of(
                      Witness.Step.of(last, "write " + last.input(), null),
                      Witness.Step.of(op, "read " + op.output(), "not what was written"))));
        }
      }
    }
    return new Verdict.Valid(reads);
  }
}
