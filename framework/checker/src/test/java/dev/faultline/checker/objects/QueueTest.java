package dev.faultline.checker.objects;

import static dev.faultline.checker.Judge.invalid;
import static dev.faultline.checker.Judge.unknown;
import static dev.faultline.checker.Judge.valid;
import static dev.faultline.checker.objects.Histories.fail;
import static dev.faultline.checker.objects.Histories.info;
import static dev.faultline.checker.objects.Histories.invoke;
import static dev.faultline.checker.objects.Histories.ok;
import static dev.faultline.checker.objects.Histories.returns;

import org.junit.jupiter.api.Test;

/** The rules {@code queue.*}. */
final class QueueTest {
  private static final String LOST = "queue.no-lost";
  private static final String PHANTOM = "queue.no-phantom";
  private static final String DUPLICATE = "queue.no-duplicate";
  private static final String FIFO = "queue.fifo";
  private static final String EMPTY = "queue.no-false-empty";

  private static final String IN = ok("p0", "enqueue", "1", "") + ok("p0", "enqueue", "2", "");
  private static final String NOTHING = ok("p9", "dequeue", "", "");

  private static String out(int element) {
    return ok("p1", "dequeue", "", Integer.toString(element));
  }

  @Test
  void allThatWasAcknowledgedComesOut() {
    valid(LOST, 2, IN + out(1) + out(2) + NOTHING);
    valid(LOST, 2, IN + info("p2", "enqueue", "3") + out(1) + out(2) + NOTHING);
    invalid(LOST, "lost", IN + out(2) + NOTHING);
  }

  @Test
  void eachDequeueOfUnknownOutcomeExcusesOneElement() {
    valid(LOST, 2, IN + info("p2", "dequeue", "") + out(2) + NOTHING);
    invalid(LOST, "lost", IN + info("p2", "dequeue", "") + NOTHING);
    invalid(LOST, "lost", IN + fail("p2", "dequeue", "") + out(2) + NOTHING);
  }

  @Test
  void aQueueThatWasNotDrainedIsUnknown() {
    unknown(LOST, IN + out(1));
    unknown(LOST, NOTHING + IN + out(1) + out(2));
    valid(LOST, 0, NOTHING);
  }

  @Test
  void whatComesOutWasPutInAndOnce() {
    valid(PHANTOM, 2, IN + out(1) + out(2));
    invalid(PHANTOM, "never-enqueued", IN + out(3));
    invalid(PHANTOM, "refused", fail("p0", "enqueue", "3") + out(3));
    invalid(PHANTOM, "too-early", out(1) + IN);
    valid(DUPLICATE, 2, IN + out(1) + out(2));
    invalid(DUPLICATE, "twice", IN + out(1) + out(1));
  }

  @Test
  void theFirstInIsTheFirstOut() {
    valid(FIFO, 2, IN + out(1) + out(2));
    invalid(FIFO, "overtaken", IN + out(2) + out(1));
    valid(FIFO, 1, IN + out(2));
  }

  @Test
  void concurrentElementsMayComeOutInAnyOrder() {
    String together =
        invoke("p0", "enqueue", "1")
            + invoke("p2", "enqueue", "2")
            + returns("p0", "enqueue", "")
            + returns("p2", "enqueue", "");
    valid(FIFO, 2, together + out(2) + out(1));
    valid(
        FIFO,
        2,
        IN
            + invoke("p1", "dequeue", "")
            + out(2).replace("p1", "p3")
            + returns("p1", "dequeue", "1"));
  }

  @Test
  void aQueueThatHoldsSomethingIsNotEmpty() {
    invalid(EMPTY, "not-empty", IN + NOTHING + out(1) + out(2));
    valid(EMPTY, 1, IN + out(1) + out(2) + NOTHING);
    valid(EMPTY, 1, info("p0", "enqueue", "1") + NOTHING + out(1));
  }

  /** Every moment of the dequeue some element is inside, but no one element all the time. */
  @Test
  void elementsThatTakeTurnsKeepItFromBeingEmpty() {
    String turns =
        ok("p0", "enqueue", "1", "")
            + invoke("p9", "dequeue", "")
            + ok("p0", "enqueue", "2", "")
            + out(1)
            + returns("p9", "dequeue", "")
            + out(2);
    invalid(EMPTY, "not-empty", turns);
    valid(
        EMPTY,
        1,
        ok("p0", "enqueue", "1", "")
            + invoke("p9", "dequeue", "")
            + out(1)
            + ok("p0", "enqueue", "2", "")
            + returns("p9", "dequeue", "")
            + out(2));
  }
}
