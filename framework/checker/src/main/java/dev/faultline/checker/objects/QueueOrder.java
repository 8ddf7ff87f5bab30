package dev.faultline.checker.objects;

import dev.faultline.checker.Property;
import dev.faultline.checker.Verdict;
import dev.faultline.checker.Witness;
import dev.faultline.history.Operation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A queue is first in, first out, and empty only when it is. {@link #FIFO}: no element whose
 * enqueue had returned before another's was invoked is dequeued only after the other's dequeue had
 * returned ({@code overtaken}); elements that never came out are another rule's. {@link #EMPTY}: no
 * dequeue finds the queue empty ({@code ok}, null) while at every moment of it some element was
 * certainly inside, between the return of its enqueue and the invocation of its dequeue ({@code
 * not-empty}). With {@link QueueElements} these are all that linearizability asks of a queue.
 *
 * @see "Henzinger, Sezgin, Vafeiadis: Aspect-Oriented Linearizability Proofs, CONCUR 2013"
 */
final class QueueOrder {
  static final Property FIFO = new Property("queue.fifo", "no element of a queue is overtaken");
  static final Property EMPTY =
      new Property("queue.no-false-empty", "a queue is found empty only when it may be");

  private QueueOrder() {}

  static EachKey fifo() {
    return new EachKey(FIFO, QueuePlantings.OVERTAKEN, QueueOrder::overtaken);
  }

  static EachKey empty() {
    return new EachKey(EMPTY, QueuePlantings.EMPTY, QueueOrder::notEmpty);
  }

  /** An element that went in and came out. */
  private record Element(Operation in, Operation out) {}

  /** Each with its first enqueue that was acknowledged and its first dequeue. */
  private static List<Element> elements(List<Operation> ops) {
    Map<@Nullable Object, Operation> in = new HashMap<>();
    List<Element> elements = new ArrayList<>();
    for (Operation op : ops) {
      if (op.f().equals("enqueue") && !Told.failed(op)) {
        in.putIfAbsent(Told.plain(op.input()), op);
      }
    }
    for (Operation op : ops) {
      Operation put = QueueElements.dequeued(op) ? in.remove(Told.plain(op.output())) : null;
      if (put != null) {
        elements.add(new Element(put, op));
      }
    }
    return elements;
  }

  private static Verdict overtaken(List<Operation> ops) {
    List<Element> elements = elements(ops);
    List<Element> byReturn = new ArrayList<>(elements.stream().filter(e -> e.in.ok()).toList());
    byReturn.sort(Comparator.comparingLong(e -> e.in.returned()));
    elements.sort(Comparator.comparingLong(e -> e.in.invoked()));
    Element latest = null;
    int at = 0;
    for (Element later : elements) {
      while (at < byReturn.size() && byReturn.get(at).in.precedes(later.in)) {
        Element next = byReturn.get(at++);
        latest = latest == null || next.out.invoked() > latest.out.invoked() ? next : latest;
      }
      if (latest != null && later.out.precedes(latest.out)) {
        return new Verdict.Invalid(
            "overtaken",
            new Witness(
                "%s went into the queue before %s and came out after it."
                    .formatted(Told.json(latest.in.input()), Told.json(later.in.input())),
                List.of(
                    Told.step(latest.in, null),
                    Told.step(later.in, null),
                    Told.step(later.out, "the later one is out"),
                    Told.step(latest.out, "the earlier one only now"))));
      }
    }
    return new Verdict.Valid(elements.size());
  }

  /** Lines from one to another between which nothing was certainly inside. */
  private record Gap(long from, long to) {}

  private static Verdict notEmpty(List<Operation> ops) {
    List<Element> inside = new ArrayList<>();
    for (Element e : elements(ops)) {
      if (e.in.ok() && e.in.precedes(e.out)) {
        inside.add(e);
      }
    }
    inside.sort(Comparator.comparingLong(e -> e.in.returned()));
    List<Gap> gaps = new ArrayList<>();
    long covered = -1;
    for (Element e : inside) {
      if (e.in.returned() > covered) {
        gaps.add(new Gap(covered, e.in.returned()));
      }
      covered = Math.max(covered, e.out.invoked());
    }
    gaps.add(new Gap(covered, Long.MAX_VALUE));
    long examined = 0;
    for (Operation op : ops) {
      if (!op.f().equals("dequeue") || !op.ok() || op.output() != null) {
        continue;
      }
      examined++;
      if (first(gaps, op.invoked()).from >= op.returned()) {
        Element there = holding(inside, op);
        return new Verdict.Invalid(
            "not-empty",
            new Witness(
                "The queue was found empty, and %s was inside."
                    .formatted(Told.json(there.in.input())),
                List.of(
                    Told.step(there.in, null),
                    Told.step(op, "found empty"),
                    Told.step(there.out, "it comes out only now"))));
      }
    }
    return new Verdict.Valid(examined);
  }

  /** The first gap that ends after a line. */
  private static Gap first(List<Gap> gaps, long line) {
    int low = 0;
    int high = gaps.size() - 1;
    while (low < high) {
      int middle = (low + high) / 2;
      if (gaps.get(middle).to > line) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return gaps.get(low);
  }

  /** One that was inside when the dequeue was invoked. */
  private static Element holding(List<Element> inside, Operation op) {
    return inside.stream()
        .filter(e -> e.in.returned() < op.invoked() && e.out.invoked() > op.invoked())
        .findFirst()
        .orElse(inside.get(0));
  }
}
