package dev.faultline.checker.rules;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Checker;
import dev.faultline.checker.Planting;
import dev.faultline.checker.Property;
import dev.faultline.checker.Verdict;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * No two clients hold a lock at once, where it is they who hold it (SB-2 for clients). A certain
 * hold goes from the return of an {@code ok} acquire to the invocation of the last {@code held?}
 * that the same process answered with yes, or of a release that was {@code ok}: the server found
 * the lock still held by it. A no, a release of any outcome, and a new process end a hold. A
 * release that failed proves nothing of the time before: the lock may have been lost, and known to
 * be.
 *
 * <p>Unlike a mutex that must be linearizable, this bears holders that die and locks that run out:
 * what nobody believes to hold may be given to another.
 */
final class LockExclusive implements Checker {
  static final Property PROPERTY =
      new Property("lock.exclusive", "no two clients hold a lock at once");

  @Override
  public Property property() {
    return PROPERTY;
  }

  /** What one client has of one lock. */
  private record Place(@Nullable Object key, String client) {}

  /** A hold by one process, by its number among all. */
  private record Hold(int process, long number) {}

  @Override
  public List<Planting> plantings() {
    return BeliefPlantings.LOCKS;
  }

  @Override
  public Verdict check(History history, Budget budget) {
    Map<@Nullable Object, Beliefs> locks = new LinkedHashMap<>();
    Map<Place, Hold> holds = new HashMap<>();
    long acquisitions = 0;
    for (Operation op : history.operations()) {
      String client = op.client() != null ? op.client() : "process " + op.process();
      Place place = new Place(op.key(), client);
      Beliefs beliefs = locks.computeIfAbsent(op.key(), k -> new Beliefs());
      Hold hold = holds.get(place);
      if (hold != null && hold.process != op.process()) {
        beliefs.end(client, op.invoked() - 1);
        holds.remove(place);
        hold = null;
      }
      switch (op.f()) {
        case "acquire" -> {
          if (op.ok()) {
            Hold fresh = new Hold(op.process(), ++acquisitions);
            holds.put(place, fresh);
            beliefs.end(client, op.invoked() - 1);
            beliefs.start(client, fresh.number, op.invoked(), op.returned(), Shown.step(op, null));
          }
        }
        case "held?" -> {
          if (hold != null && op.ok() && Shown.flag(op.output(), "held")) {
            beliefs.yes(client, hold.number, op.invoked(), op.returned(), Shown.step(op, null));
          } else if (op.ok()) {
            beliefs.end(client, op.invoked());
          }
        }
        case "release" -> {
          if (hold != null && op.ok()) {
            beliefs.yes(client, hold.number, op.invoked(), op.returned(), Shown.step(op, null));
          }
          beliefs.end(client, op.invoked());
          holds.remove(place);
        }
        default -> {}
      }
    }
    long examined = 0;
    for (Beliefs beliefs : locks.values()) {
      Verdict verdict = beliefs.exclusive("holder", "acquisitions");
      if (!(verdict instanceof Verdict.Valid valid)) {
        return verdict;
      }
      examined += valid.examined();
    }
    return new Verdict.Valid(examined);
  }
}
