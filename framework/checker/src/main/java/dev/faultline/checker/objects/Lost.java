package dev.faultline.checker.objects;

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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Every acknowledged {@code add} is in the set at the end, every {@code append} in the log (C-SET,
 * C-LOG e; Jepsen's {@code set}). Final reads are the {@code ok} reads invoked in the harness's
 * phase {@code final}, if there is one, and after all acknowledged adds had returned. Of each node
 * the last two count. Violated when an acknowledged element is in no node's last final read ({@code
 * lost}); or when it is in that of some nodes, and another node shows it in neither of its last
 * two, or no more ({@code diverged}). A node that was read once, and lacks what others have, may be
 * catching up: unknown. Unknown without final reads.
 */
final class Lost implements Checker {
  static final Property SET =
      new Property("set.no-lost-add", "every acknowledged element is in the set at the end");
  static final Property LOG =
      new Property("log.no-lost-append", "every acknowledged value is in the log at the end");

  private final Property property;
  private final String adds;
  private final Function<Operation, @Nullable List<@Nullable Object>> shown;

  /**
   * @param adds the function that adds
   * @param shown what a read shows, from the beginning; null if it is no such read
   */
  private Lost(
      Property property, String adds, Function<Operation, @Nullable List<@Nullable Object>> shown) {
    this.property = property;
    this.adds = adds;
    this.shown = shown;
  }

  static Lost ofSets() {
    return new Lost(SET, "add", Told::elements);
  }

  static Lost ofLogs() {
    return new Lost(LOG, "append", LogEntry::valuesOfAll);
  }

  @Override
  public Property property() {
    return property;
  }

  @Override
  public List<Planting> plantings() {
    return SetPlantings.lost(adds);
  }

  @Override
  public Verdict check(History history, Budget budget) {
    long phase = Told.finalPhase(history);
    long examined = 0;
    Verdict unknown = null;
    for (List<Operation> ops : Told.byKey(history).values()) {
      List<Operation> added = ops.stream().filter(op -> op.f().equals(adds) && op.ok()).toList();
      if (added.isEmpty()) {
        continue;
      }
      Verdict verdict = judge(added, views(ops, added, phase));
      if (verdict instanceof Verdict.Invalid) {
        return verdict;
      }
      examined += added.size();
      unknown = verdict == null ? unknown : verdict;
      Verdict over = Told.exhausted(budget, examined);
      if (over != null) {
        return over;
      }
    }
    return unknown != null ? unknown : new Verdict.Valid(examined);
  }

  /** The last final reads of one node. */
  private record View(
      Operation last, Set<@Nullable Object> in, @Nullable Set<@Nullable Object> inBefore) {
    boolean lacks(@Nullable Object element) {
      return !in.contains(element);
    }

    /** Whether it lacks an element for good, not only until it has caught up. */
    boolean lacksForGood(@Nullable Object element) {
      return lacks(element) && inBefore != null;
    }
  }

  private List<View> views(List<Operation> ops, List<Operation> added, long phase) {
    long from = Math.max(phase, added.stream().mapToLong(Operation::returned).max().orElse(0));
    Map<String, View> views = new LinkedHashMap<>();
    List<Operation> reads = new ArrayList<>();
    for (Operation op : ops) {
      if (op.f().equals("read") && op.invoked() > from && shown.apply(op) != null) {
        reads.add(op);
      }
    }
    reads.sort(Comparator.comparingLong(Operation::returned));
    for (Operation read : reads) {
      View before = views.get(Told.where(read));
      List<@Nullable Object> elements = shown.apply(read);
      Set<@Nullable Object> in = new HashSet<>(elements == null ? List.of() : elements);
      views.put(Told.where(read), new View(read, in, before == null ? null : before.in));
    }
    return List.copyOf(views.values());
  }

  private static @Nullable Verdict judge(List<Operation> added, List<View> views) {
    if (views.isEmpty()) {
      return new Verdict.Unknown(
          "no ok read of all after the last acknowledged addition (%d of them)"
              .formatted(added.size()),
          "end the run with a read of all, after everything is healed");
    }
    List<Operation> lost = new ArrayList<>();
    Operation apart = null;
    View without = null;
    View with = null;
    Verdict unknown = null;
    for (Operation add : added) {
      Object element = Told.plain(add.input());
      List<View> lacking = views.stream().filter(v -> v.lacks(element)).toList();
      if (lacking.size() == views.size()) {
        lost.add(add);
      } else if (!lacking.isEmpty() && apart == null) {
        View other = views.stream().filter(v -> !v.lacks(element)).findFirst().orElseThrow();
        View sure = lacking.stream().filter(v -> v.lacksForGood(element)).findFirst().orElse(null);
        if (sure != null) {
          apart = add;
          without = sure;
          with = other;
        } else {
          unknown = readOnce(element, lacking.get(0).last, other.last);
        }
      }
    }
    if (!lost.isEmpty()) {
      return lost(lost, added.size(), views);
    }
    if (apart != null && without != null && with != null) {
      return new Verdict.Invalid(
          "diverged",
          new Witness(
              "%s was acknowledged, %s has it at the end and %s still does not."
                  .formatted(
                      Told.json(apart.input()), Told.where(with.last), Told.where(without.last)),
              List.of(
                  Told.step(apart, null),
                  Told.step(with.last, "it is here"),
                  Told.step(without.last, "it is not here, after a read before"))));
    }
    return unknown;
  }

  private static Verdict lost(List<Operation> lost, int of, List<View> views) {
    Operation first = lost.get(0);
    List<Witness.Step> steps = new ArrayList<>();
    steps.add(Told.step(first, null));
    for (View view : views) {
      steps.add(Told.step(view.last, "without " + Told.json(first.input())));
    }
    String sentence =
        lost.size() == 1
            ? "The acknowledged element %s is lost, of %,d.".formatted(Told.json(first.input()), of)
            : "%,d of %,d acknowledged elements are lost, the first is %s."
                .formatted(lost.size(), of, Told.json(first.input()));
    return new Verdict.Invalid("lost", new Witness(sentence, steps));
  }

  private static Verdict readOnce(@Nullable Object element, Operation without, Operation with) {
    return new Verdict.Unknown(
        "%s has %s at the end and %s does not, and may be catching up: it was read only once"
            .formatted(Told.where(with), Told.json(element), Told.where(without)),
        "read each node twice at the end, after everything is healed");
  }
}
