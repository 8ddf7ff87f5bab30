package dev.faultline.targets.raft;

import dev.faultline.json.JsonView;
import dev.faultline.node.Disk;
import dev.faultline.node.Journal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Term, vote and log (paper, figure 2: persistent state), in one journal, so that a crash leaves a
 * state that this node once had. An entry at an index that is taken replaces it and all after it:
 * that is how a conflict is cut off.
 */
final class Storage {
  private final Journal journal;
  private final Defect defect;
  private final List<Command> log = new ArrayList<>();
  private long term;
  private @Nullable String vote;
  private long written;
  private long durable;

  Storage(Disk disk, Defect defect) {
    this.defect = defect;
    journal = new Journal(disk, "raft");
    for (JsonView record : journal.found()) {
      JsonView index = record.find("index");
      if (index == null) {
        JsonView saved = record.find("vote");
        term = record.get("term").integer();
        vote = saved == null ? null : saved.string();
      } else {
        put(index.integer(), Command.fromJson(record.get("entry").value()));
      }
    }
    // What was found may have been read from a cache: it is durable with the first sync.
    written = journal.found().size();
  }

  long term() {
    return term;
  }

  /** Whom this node voted for in this term; null for nobody. */
  @Nullable String vote() {
    return vote;
  }

  /** Index of the last entry; they count from 1. */
  long last() {
    return log.size();
  }

  /** The term of an entry; 0 before the first. */
  long termAt(long index) {
    return index == 0 ? 0 : get(index).term();
  }

  Command get(long index) {
    return log.get((int) index - 1);
  }

  void save(long newTerm, @Nullable String newVote) {
    term = newTerm;
    vote = newVote;
    Map<String, @Nullable Object> record = new LinkedHashMap<>();
    record.put("term", newTerm);
    record.put("vote", defect.savedVote(newVote));
    append(record);
  }

  void append(long index, Command entry) {
    put(index, entry);
    Map<String, @Nullable Object> record = new LinkedHashMap<>();
    record.put("index", index);
    record.put("entry", entry.toJson());
    append(record);
  }

  private void append(Map<String, @Nullable Object> record) {
    journal.append(record);
    written++;
  }

  private void put(long index, Command entry) {
    if (index <= log.size()) {
      log.subList((int) index - 1, log.size()).clear();
    }
    log.add(entry);
  }

  /** Calls back when all that was written so far is durable: at once if it is. */
  void whenDurable(Runnable then) {
    if (written == durable) {
      then.run();
      return;
    }
    long mark = written;
    journal.durable(() -> {
      durable = Math.max(durable, mark);
      then.run();
    });
  }

  /** Calls back when entries may be acknowledged. */
  void whenAcknowledgeable(Runnable then) {
    if (defect.syncsFirst()) {
      whenDurable(then);
    } else {
      then.run();
      whenDurable(() -> {});
    }
  }
}
