package dev.faultline.checker.monitor;

import dev.faultline.checker.model.Call;
import dev.faultline.checker.model.Semaphore;
import java.util.List;

/**
 * A semaphore: acquires as late, releases as early as can be leave most permits at every moment, so
 * if these do not suffice, nothing does. Not suited where an acquire was refused and would not have
 * been so by this.
 */
final class Permits extends Sweep {
  private final long[] amounts;
  private final boolean[] acquires;
  private final int[] waiting;
  private int waits;
  private long left;
  private boolean refusedWrongly;

  private Permits(List<Call> calls, long permits) {
    super(calls);
    left = permits;
    amounts = new long[calls.size()];
    acquires = new boolean[calls.size()];
    waiting = new int[calls.size()];
    for (int i = 0; i < amounts.length; i++) {
      Call call = calls.get(i);
      amounts[i] = call.input() == null ? 1 : call.number();
      acquires[i] = call.f().equals("acquire");
    }
  }

  static Answer decide(Semaphore model, List<Call> calls) {
    long sum = model.permits();
    for (Call call : calls) {
      boolean known =
          (call.f().equals("acquire") || (call.f().equals("release") && !call.refused()))
              && (call.input() == null
                  || (call.input() instanceof Long n && n >= 0 && n < 1L << 30));
      if (!known) {
        return new Answer.Unsuited("%s %s".formatted(call.f(), call.input()));
      }
      sum += call.input() instanceof Long n ? n : 1;
    }
    return sum >= 0 && fits(calls)
        ? Prefix.shortest(calls, true, part -> attempt(model, part))
        : new Answer.Unsuited("too many calls");
  }

  private static Answer attempt(Semaphore model, List<Call> calls) {
    Permits permits = new Permits(calls, model.permits());
    Answer answer = permits.answer();
    return permits.refusedWrongly
        ? new Answer.Unsuited("an acquire was refused while there may have been enough")
        : answer;
  }

  @Override
  boolean invoked(int call) {
    if (!acquires[call]) {
      left += amounts[call];
      place(call);
    } else if (calls.get(call).refused()) {
      if (left < amounts[call]) {
        place(call);
      } else {
        waiting[waits++] = call;
      }
    }
    return true;
  }

  @Override
  boolean due(int call) {
    if (calls.get(call).refused()) {
      refusedWrongly = true;
      return false;
    }
    left -= amounts[call];
    if (left < 0) {
      return false;
    }
    place(call);
    int kept = 0;
    for (int k = 0; k < waits; k++) {
      if (left < amounts[waiting[k]] && !placed(waiting[k])) {
        place(waiting[k]);
      } else if (!placed(waiting[k])) {
        waiting[kept++] = waiting[k];
      }
    }
    waits = kept;
    return true;
  }
}
