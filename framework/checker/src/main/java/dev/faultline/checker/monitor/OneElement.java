package dev.faultline.checker.monitor;

import dev.faultline.checker.model.Call;
import dev.faultline.checker.monitor.Toggles.Kind;
import dev.faultline.history.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One element of a set with {@code remove}: it is there or not. Where adds and removes told whether
 * they changed that, they alternate ({@link Toggles}). Where some did not tell: exact if it can
 * have been added once at most; else only an order is trusted that takes them as changes.
 */
final class OneElement {
  private OneElement() {}

  static Answer decide(List<Call> calls) {
    if (!Sweep.fits(calls)) {
      return new Answer.Unsuited("too many calls");
    }
    return Prefix.shortest(calls, false, OneElement::attempt);
  }

  private static Answer attempt(List<Call> calls) {
    Kind[] kinds = new Kind[calls.size()];
    Object element = null;
    boolean untold = false;
    int adds = 0;
    for (int i = 0; i < kinds.length; i++) {
      Call call = calls.get(i);
      Kind kind = kind(call);
      if (kind == null) {
        return new Answer.Unsuited(call.f() + " of all elements, or with a strange answer");
      }
      if (element != null && !element.equals(call.value())) {
        return new Answer.Unsuited("several elements");
      }
      element = call.value();
      kinds[i] = kind;
      boolean changes = kind == Kind.ON || kind == Kind.OFF;
      untold |= changes && call.known() && !(call.output() instanceof Boolean);
      adds += kind == Kind.ON ? 1 : 0;
    }
    if (untold && adds <= 1) {
      return once(calls, kinds);
    }
    Answer answer = new Toggles(calls, kinds).answer();
    return untold && answer instanceof Answer.Impossible
        ? new Answer.Unsuited("element " + element + " is added again, by calls that told nothing")
        : answer;
  }

  private static @Nullable Kind kind(Call call) {
    boolean told = call.known() && call.output() instanceof Boolean;
    return switch (call.f()) {
      case "add" -> call.refused() ? Kind.SEES_ON : Kind.ON;
      case "remove" -> call.refused() ? Kind.SEES_OFF : Kind.OFF;
      case "contains" ->
          !call.known()
              ? Kind.NOTHING
              : !told ? null : call.refused() ? Kind.SEES_OFF : Kind.SEES_ON;
      default -> null;
    };
  }

  /**
   * It was there from the one add, as late as can be, to one remove at most, as early as can be;
   * both leave most room for who found it absent, and for removes that changed nothing. Only for a
   * remove that returned before that, the add comes earlier, and at the same moment.
   */
  private static Answer once(List<Call> calls, Kind[] kinds) {
    long added = Operation.NEVER;
    long seen = -1;
    int add = -1;
    int told = -1;
    boolean there = false;
    for (int i = 0; i < kinds.length; i++) {
      Call call = calls.get(i);
      boolean removed = kinds[i] == Kind.OFF && Boolean.TRUE.equals(call.output()) && call.known();
      if (removed && told >= 0) {
        return new Answer.Impossible(calls, call);
      }
      told = removed ? i : told;
      add = kinds[i] == Kind.ON ? i : add;
      seen = kinds[i] == Kind.SEES_ON ? Math.max(seen, call.operation().invoked()) : seen;
      if (removed || kinds[i] == Kind.SEES_ON || (kinds[i] == Kind.ON && call.known())) {
        there = true;
        added = Math.min(added, Sweep.returned(call));
      }
    }
    if (there && (add < 0 || invoked(calls, add) > added)) {
      return new Answer.Impossible(calls, calls.get(calls.size() - 1));
    }
    int remove = told;
    int hasty = -1;
    for (int i = 0; i < kinds.length && there && told < 0; i++) {
      long returned = Sweep.returned(calls.get(i));
      if (kinds[i] != Kind.OFF || returned < Math.max(seen, invoked(calls, add))) {
        continue;
      }
      // Invoked in this order, so the first that can is the earliest.
      remove = remove < 0 && returned >= added ? i : remove;
      hasty = returned < added ? i : hasty;
    }
    if (hasty >= 0) {
      // It was there for a moment only, which is in nobody's way.
      remove = hasty;
      added = Sweep.returned(calls.get(hasty));
    }
    long base = Math.max(added, seen);
    long removed = remove < 0 ? Operation.NEVER : Math.max(base, invoked(calls, remove));
    if (told >= 0 && removed > Sweep.returned(calls.get(told))) {
      return new Answer.Impossible(calls, calls.get(told));
    }
    Points points = new Points(calls);
    for (int i = 0; i < kinds.length; i++) {
      Call call = calls.get(i);
      long invoked = call.operation().invoked();
      if (i == add && there) {
        points.put(i, added, 1);
      } else if (i == remove) {
        points.put(i, removed, 3);
      } else if (call.known() && kinds[i] == Kind.SEES_ON) {
        points.put(i, Math.max(invoked, added), 2);
      } else if (call.known() && (invoked <= added || kinds[i] == Kind.NOTHING)) {
        points.put(i, invoked, 0);
      } else if (call.known() && Sweep.returned(call) >= removed) {
        points.put(i, Math.max(invoked, removed), 4);
      } else if (call.known()) {
        return new Answer.Impossible(calls, call);
      }
    }
    return new Answer.Ordered(points.order());
  }

  private static long invoked(List<Call> calls, int call) {
    return calls.get(call).operation().invoked();
  }
}
