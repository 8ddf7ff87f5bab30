package dev.faultline.checker.rules;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Checker;
import dev.faultline.checker.Planting;
import dev.faultline.checker.Property;
import dev.faultline.checker.Verdict;
import dev.faultline.checker.Witness;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tokens grow: a grant asked for after another had been seen has the higher token.
 *
 * <p>Violated when token A had been seen (a return, or the server's event) before an {@code ok}
 * acquire was invoked that returned token B ≤ A, and the two are different grants. A holder that
 * asks again and gets the token that it has is no second grant; it is one if its release of that
 * token had returned {@code ok} before it asked again.
 */
final class TokenOrder implements Checker {
  static final Property PROPERTY =
      new Property("lease.token-order", "a later grant has a higher token");

  @Override
  public Property property() {
    return PROPERTY;
  }

  @Override
  public List<Planting> plantings() {
    return Plantings.TOKENS;
  }

  @Override
  public Verdict check(History history, Budget budget) {
    List<Sighting> sightings = Sighting.all(history);
    List<Operation> acquires =
        history.operations(op ->
            op.ok() && op.f().equals("acquire") && Shown.number(op.output(), "token") != null);
    List<Sighting> highest = new ArrayList<>();
    long examined = 0;
    int seen = 0;
    for (Operation later : acquires) {
      while (seen < sightings.size() && sightings.get(seen).by() < later.invoked()) {
        raise(highest, sightings.get(seen++));
      }
      if (highest.isEmpty()) {
        continue;
      }
      examined++;
      long token = Objects.requireNonNull(Shown.number(later.output(), "token"));
      Operation released = release(history, later, token);
      for (Sighting earlier : highest) {
        if (token < earlier.token()
            || (token == earlier.token()
                && (!earlier.holder().equals(later.node())
                    || (released != null && earlier.by() < released.invoked())))) {
          return invalid(earlier, released, later, token);
        }
      }
    }
    return new Verdict.Valid(examined);
  }

  /** Keeps those with the highest token so far, one of each holder (the earliest). */
  private static void raise(List<Sighting> highest, Sighting next) {
    if (!highest.isEmpty() && next.token() > highest.get(0).token()) {
      highest.clear();
    }
    if (highest.isEmpty()
        || (next.token() == highest.get(0).token()
            && highest.stream().noneMatch(s -> s.holder().equals(next.holder())))) {
      highest.add(next);
    }
  }

  private static @Nullable Operation release(History history, Operation later, long token) {
    return history
        .operations(op ->
            op.ok()
                && op.f().equals("release")
                && op.precedes(later)
                && Objects.equals(op.node(), later.node())
                && Objects.equals(Shown.number(op.output(), "token"), token))
        .stream()
        .max(Comparator.comparingLong(Operation::invoked))
        .orElse(null);
  }

  private static Verdict invalid(
      Sighting earlier, @Nullable Operation released, Operation later, long token) {
    boolean again = token == earlier.token();
    List<Witness.Step> steps = new ArrayList<>();
    steps.add(earlier.step(null));
    if (again && released != null && earlier.holder().equals(later.node())) {
      steps.add(Shown.step(released, null));
    }
    steps.add(Shown.step(later, again ? "the same token again" : "a lower token, asked for later"));
    return new Verdict.Invalid(
        "token-not-higher",
        new Witness(
            "%s was granted token %d after %s had been granted token %d."
                .formatted(later.node(), token, earlier.holder(), earlier.token()),
            steps));
  }
}
