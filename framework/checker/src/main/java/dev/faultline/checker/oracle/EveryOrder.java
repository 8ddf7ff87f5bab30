package dev.faultline.checker.oracle;

import dev.faultline.checker.oracle.Toy.Ask;
import dev.faultline.checker.oracle.Toy.Did;
import dev.faultline.history.Operation;
import dev.faultline.history.Outcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The definition: tries all orders of one object's operations, but no situation twice. */
final class EveryOrder {
  /** More situations than this are too many. */
  private static final int PATIENCE = 2_000_000;

  private final Toy toy;
  private final List<Operation> operations;
  private final List<Ask> asks = new ArrayList<>();
  private final int[] before;
  private final int must;
  private final Set<Situation> seen = new HashSet<>();

  /** Which operations have taken effect, and how the object stands. */
  private record Situation(int done, @Nullable Object state) {}

  /** There are too many orders. */
  static final class TooMany extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooMany() {
      super("more than " + PATIENCE + " situations", null, false, false);
    }
  }

  EveryOrder(Toy toy, List<Operation> operations) {
    this.toy = toy;
    this.operations = operations;
    this.before = new int[operations.size()];
    int certain = 0;
    Set<Object> answers = new LinkedHashSet<>();
    for (Operation op : operations) {
      Object output = op.ok() ? plain(op.output()) : null;
      if (output != null) {
        answers.add(output);
      }
    }
    for (int i = 0; i < operations.size(); i++) {
      Operation op = operations.get(i);
      certain |= op.outcome() == Outcome.INFO ? 0 : 1 << i;
      for (int j = 0; j < operations.size(); j++) {
        Operation other = operations.get(j);
        before[i] |= other.returned() < op.invoked() ? 1 << j : 0;
      }
      Object output = op.ok() ? plain(op.output()) : null;
      asks.add(ask(op, !op.ok() ? answers : output == null ? Set.of() : Set.of(output)));
    }
    this.must = certain;
  }

  /**
   * Whether there is one.
   *
   * @throws Toy.NoQuestion if an operation is not for this object
   * @throws TooMany if it gave up
   */
  boolean exists() {
    for (Ask ask : asks) {
      List<Did> unused = toy.play(toy.fresh(), ask);
    }
    return search(0, toy.fresh());
  }

  private boolean search(int done, @Nullable Object state) {
    if ((must & ~done) == 0) {
      return true;
    }
    if (!seen.add(new Situation(done, state))) {
      return false;
    }
    if (seen.size() > PATIENCE) {
      throw new TooMany();
    }
    for (int i = 0; i < before.length; i++) {
      if ((done & 1 << i) != 0 || (before[i] & ~done) != 0) {
        continue;
      }
      boolean certain = (must & 1 << i) != 0;
      for (Did did : toy.play(state, asks.get(i))) {
        // Nobody waits for an unknown one: if it changes nothing it may as well stay out.
        if (fits(operations.get(i), did)
            && (certain || !Objects.equals(state, did.state()))
            && search(done | 1 << i, did.state())) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean fits(Operation op, Did did) {
    return fits(toy, op, did);
  }

  static boolean fits(Toy toy, Operation op, Did did) {
    return switch (op.outcome()) {
      case INFO -> !did.failed();
      case FAIL -> did.failed();
      case OK -> !did.failed() && toy.fits(op.f(), plain(op.output()), did.answer());
    };
  }

  static Ask ask(Operation op, Collection<Object> guesses) {
    String client = op.client();
    String who = client != null ? client : "process " + op.process();
    return new Ask(op.f(), plain(op.input()), plain(op.key()), who, List.copyOf(guesses));
  }

  /** Whole numbers are equal whatever their width. */
  static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> plain = new ArrayList<>(list.size());
      list.forEach(element -> plain.add(plain(element)));
      return Collections.unmodifiableList(plain);
    }
    return value;
  }
}
