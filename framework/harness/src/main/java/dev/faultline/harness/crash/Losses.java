package dev.faultline.harness.crash;

import dev.faultline.history.Entry;
import dev.faultline.history.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What clients had done and the history does not have: a call number N of a client in the {@link
 * dev.faultline.harness.run.CallLog} is its invocation number N in the history.
 *
 * @param calls how many the clients had made
 * @param unrecorded calls without an invocation in the history; there must be none
 * @param lost by client, answered calls whose completion is missing; at most one each
 */
record Losses(long calls, List<String> unrecorded, Map<String, Long> lost) {
  static Losses between(Path callLog, History history) throws IOException {
    Map<String, Map<Long, Boolean>> recorded = recorded(history);
    List<String> unrecorded = new ArrayList<>();
    Map<String, Long> lost = new TreeMap<>();
    long calls = 0;
    for (String line : Files.exists(callLog) ? Files.readAllLines(callLog) : List.<String>of()) {
      String[] words = line.split(" ", -1);
      if (words.length != 3) {
        continue;
      }
      Boolean completed = recorded.getOrDefault(words[1], Map.of()).get(Long.valueOf(words[2]));
      if (words[0].equals("call")) {
        calls++;
        if (completed == null) {
          unrecorded.add(words[1] + " no. " + words[2]);
        }
      } else if (completed != null && !completed) {
        lost.merge(words[1], 1L, Long::sum);
      }
    }
    return new Losses(calls, List.copyOf(unrecorded), lost);
  }

  /** The most that one client lost. */
  long most() {
    return lost.values().stream().mapToLong(n -> n).max().orElse(0);
  }

  /** By client and number, whether the operation has a completion. */
  private static Map<String, Map<Long, Boolean>> recorded(History history) {
    Map<String, Map<Long, Boolean>> all = new HashMap<>();
    Map<Integer, Long> numberOf = new HashMap<>();
    for (Entry entry : history.entries()) {
      if (entry instanceof Entry.Op op && op.client() != null) {
        Map<Long, Boolean> own = all.computeIfAbsent(op.client(), c -> new HashMap<>());
        if (op.type() == Entry.Type.INVOKE) {
          numberOf.put(op.process(), (long) own.size());
          own.put((long) own.size(), false);
        } else {
          own.put(numberOf.getOrDefault(op.process(), -1L), true);
        }
      }
    }
    return all;
  }
}
