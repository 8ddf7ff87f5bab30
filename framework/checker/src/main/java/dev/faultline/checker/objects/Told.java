package dev.faultline.checker.objects;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Verdict;
import dev.faultline.checker.Witness;
import dev.faultline.history.Entry;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import dev.faultline.history.Outcome;
import dev.faultline.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads operations on objects, and tells them to people. */
public final class Told {
  /** A list that is longer is told by its length. */
  private static final int LONG = 8;

  private Told() {}

  /** The operations of each object, those told apart by {@code key}; in order. */
  public static Map<@Nullable Object, List<Operation>> byKey(History history) {
    Map<@Nullable Object, List<Operation>> byKey = new LinkedHashMap<>();
    for (Operation op : history.operations()) {
      byKey.computeIfAbsent(plain(op.key()), k -> new ArrayList<>()).add(op);
    }
    return byKey;
  }

  /** Whole numbers are equal whatever their width. */
  public static @Nullable Object plain(@Nullable Object value) {
    return value instanceof Integer i ? (Object) i.longValue() : value;
  }

  /** The elements that an {@code ok} operation returned; null if it returned no list. */
  public static @Nullable List<@Nullable Object> elements(Operation op) {
    if (!op.ok() || !(op.output() instanceof List<?> list)) {
      return null;
    }
    List<@Nullable Object> elements = new ArrayList<>(list.size());
    for (Object element : list) {
      elements.add(plain(element));
    }
    return elements;
  }

  public static @Nullable Long number(@Nullable Object value) {
    return plain(value) instanceof Long n ? n : null;
  }

  public static boolean failed(Operation op) {
    return op.outcome() == Outcome.FAIL;
  }

  /** The line from which on reads are final: the last {@code final} phase, or -1. */
  public static long finalPhase(History history) {
    long at = -1;
    for (Entry.Node event : history.nodeEvents()) {
      if (event.name().equals("phase") && "final".equals(event.facts().get("name"))) {
        at = event.index();
      }
    }
    return at;
  }

  /** Who answered: the node, else the client, else nobody in particular. */
  public static String where(Operation op) {
    return op.node() != null ? op.node() : op.client() != null ? op.client() : "";
  }

  public static String json(@Nullable Object value) {
    return Json.write(value);
  }

  /** Said when a budget ended; null while it may go on. */
  public static @Nullable Verdict exhausted(Budget budget, long examined) {
    String what = budget.exhausted(0);
    return what == null
        ? null
        : new Verdict.Unknown(
            "the %s ran out after %,d operations".formatted(what, examined),
            "give the check more time, with --budget");
  }

  public static Witness.Step step(Operation op, @Nullable String remark) {
    return Witness.Step.of(op, text(op), remark);
  }

  private static String text(Operation op) {
    String asked = op.input() == null ? "" : " " + json(op.input());
    String on = op.key() == null ? "" : " " + op.key();
    String end =
        switch (op.outcome()) {
          case OK -> op.output() == null ? " ok" : " → " + brief(op.output());
          case FAIL -> ", failed";
          case INFO -> ", unknown";
        };
    return op.f() + on + asked + end;
  }

  private static String brief(@Nullable Object value) {
    return value instanceof List<?> list && list.size() > LONG
        ? list.size() + " elements"
        : json(value);
  }
}
