package dev.faultline.checker.weak;

import dev.faultline.history.History;
import dev.faultline.history.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who asks: a client, which outlives a process that was given up, else a process; a client that has
 * two operations open at a time is as many sessions as it has processes.
 */
final class Sessions {
  private final Set<Object> crowded = new HashSet<>();

  private Sessions() {}

  static Sessions of(History history) {
    Sessions sessions = new Sessions();
    Map<Object, Long> busy = new HashMap<>();
    for (Operation op : history.operations(Operation::ok)) {
      Object who = who(op);
      if (busy.getOrDefault(who, -1L) > op.invoked()) {
        sessions.crowded.add(who);
      }
      busy.merge(who, op.returned(), Math::max);
    }
    return sessions;
  }

  /** The client, else the process. */
  static Object who(Operation op) {
    return op.client() != null ? op.client() : (Object) op.process();
  }

  Object session(Operation op) {
    Object who = who(op);
    return crowded.contains(who) ? (Object) op.process() : who;
  }

  /** The operations of each session, in order. */
  Map<Object, List<Operation>> split(List<Operation> operations) {
    Map<Object, List<Operation>> split = new LinkedHashMap<>();
    for (Operation op : operations) {
      split.computeIfAbsent(session(op), s -> new ArrayList<>()).add(op);
    }
    return split;
  }
}
