package dev.faultline.checker.monitor;

import dev.faultline.checker.Budget;
import dev.faultline.checker.model.Call;
import dev.faultline.checker.model.Model;
import dev.faultline.checker.model.Semaphore;
import java.util.List;

/** The deciders that there are, by the model that they are for. */
public final class Monitors {
  private Monitors() {}

  /**
   * Decides, or says that this is not for it.
   *
   * @param calls those of one part of the object, in the order of invocation; without failed ones,
   *     unless the model {@link Model#answersFailures}
   * @throws Budget.Spent if the budget ends before it is known whether there is an order; where it
   *     ends before it is known by which return there was none, a later one is named
   */
  public static Answer decide(Model<?> model, List<Call> calls, Budget budget) {
    return decided(model, Polled.of(calls, budget));
  }

  private static Answer decided(Model<?> model, List<Call> calls) {
    Class<?> type = model.getClass();
    if (type.isAnonymousClass()
        || !type.getPackageName().equals(Model.class.getPackageName())
        || calls.isEmpty()) {
      return new Answer.Unsuited("no monitor knows this model");
    }
    if (model instanceof Semaphore semaphore) {
      return Permits.decide(semaphore, calls);
    }
    return switch (model.id()) {
      case "bag" -> Ranked.bag(calls);
      case "counter" -> Levels.decide(calls);
      case "fenced-lock", "lease" -> Tokens.decide(model, calls);
      case "grow-only-set" -> GrowingSet.decide(calls);
      case "list-append" -> OneList.decide(calls);
      case "log" -> LogPlaces.decide(calls);
      case "map" -> MapValue.decide(calls);
      case "multi-register" -> OneRegister.decide(calls);
      case "owned-mutex", "reentrant-mutex" -> Holds.decide(model, calls);
      case "priority-queue" -> Ranked.queue(calls);
      case "queue" -> {
        Answer answer = Fifo.decide(calls);
        yield answer instanceof Answer.Unsuited ? RepeatedQueue.decide(calls) : answer;
      }
      case "set" -> {
        boolean grows = calls.stream().noneMatch(call -> call.f().equals("remove"));
        yield grows ? GrowingSet.decide(calls) : OneElement.decide(calls);
      }
      case "stack" -> Lifo.decide(calls);
      case "unique-ids" -> Ids.decide(calls);
      default -> new Answer.Unsuited("no monitor for a " + model.noun());
    };
  }
}
