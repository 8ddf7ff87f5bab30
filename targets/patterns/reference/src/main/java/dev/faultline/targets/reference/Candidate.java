package dev.faultline.targets.reference;

import dev.faultline.node.Env;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a node believes of its own leading. It stands whenever it is asked and does not lead; it
 * gives up by ceasing to believe first and telling the primary then, again and again until that has
 * heard it.
 */
final class Candidate {
  private static final long PATIENCE = Duration.ofMillis(100).toNanos();

  private final Env env;
  private final Defect defect;
  private final BiConsumer<Call, Consumer<Answer>> primary;
  private long calls;
  private long term;
  private boolean leads;

  /** The highest term that it gave up; an old answer must not bring it back. */
  private long yielded;

  private boolean heard = true;
  private long asked;
  private boolean everAsked;

  /**
   * @param primary carries a call out, here or elsewhere
   */
  Candidate(Env env, Defect defect, BiConsumer<Call, Consumer<Answer>> primary) {
    this.env = env;
    this.defect = defect;
    this.primary = primary;
  }

  /** Answers {@code leader?} from what this node believes, and stands if it does not lead. */
  Answer belief() {
    if (!leads && !heard) {
      yieldUp();
    } else if (!leads && due()) {
      stand();
    } else if (leads && !heard && due()) {
      yieldUp();
    }
    Map<String, @Nullable Object> belief = new LinkedHashMap<>();
    belief.put("leader", leads);
    if (leads) {
      belief.put("term", term);
    }
    belief.put("who", env.self());
    return Answer.done(belief);
  }

  /** Gives up what it leads. */
  Answer resign() {
    if (!leads) {
      return Answer.no("it does not lead");
    }
    yielded = term;
    heard = false;
    if (defect.believesNoMore()) {
      leads = false;
    }
    yieldUp();
    return Answer.done(null);
  }

  private boolean due() {
    long now = env.clock().monotonic();
    boolean due = !everAsked || now - asked >= PATIENCE;
    if (due) {
      everAsked = true;
      asked = now;
    }
    return due;
  }

  private void stand() {
    call(
        "stand",
        (long) env.incarnation(),
        answer -> {
          if (!leads && heard && answer.value() instanceof Long granted && granted > yielded) {
            term = granted;
            leads = true;
            env.event("leader", "term", term);
          }
        });
  }

  private void yieldUp() {
    long up = yielded;
    call(
        "yield",
        up,
        answer -> {
          if (up == yielded) {
            heard = true;
            leads = leads && term > up;
          }
        });
  }

  private void call(String f, Object value, Consumer<Answer> then) {
    // Numbers rise over incarnations too.
    long id = ((long) env.incarnation() << 32) + ++calls;
    primary.accept(new Call(env.self(), id, "election", f, null, value), then);
  }
}
