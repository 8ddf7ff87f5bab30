package dev.faultline.checker.monitor;

import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes of unknown outcome: each may have taken any one value that is left over, at any time after
 * its invocation. They matter where a value must not stay: since one that was put in later was
 * found (in a queue), or nothing was.
 *
 * <p>So values have deadlines. Takers can keep them if, by any moment, as many had been invoked as
 * values are due; the value that is due first gets the first taker. A call that found nothing needs
 * a moment at which those inside can all have been taken, and the later ones still can be in time.
 * Such moments do not stand in each other's way: what is due by a time depends on the last of them
 * alone.
 */
final class Takers {
  /** What the object gives out. */
  enum Gives {
    FIRST_IN,
    ANY,
    /** What depends on what else is inside. */
    OTHER
  }

  private static final int NONE = Lives.NONE;

  /** After so many steps something else had better decide. */
  private static final long MOST = 200_000_000;

  private final Lives lives;
  private final Moments moments;

  /** By moment: how many takers had been invoked. */
  private final int[] invoked;

  /** The values left over. */
  private final int[] left;

  /** By value left over: the last moment at which it may be taken; the end if it may stay. */
  private final int[] due;

  private Takers(Lives lives, int[] left, boolean fifo) {
    this.lives = lives;
    this.moments = lives.moments;
    this.left = left;
    this.due = new int[left.length];
    this.invoked = new int[moments.end + 1];
    for (int taker : lives.unknown) {
      invoked[moments.invoked[taker]]++;
    }
    for (int t = 1; t <= moments.end; t++) {
      invoked[t] += invoked[t - 1];
    }
    Arrays.fill(due, moments.end);
    if (fifo) {
      int[] found = new int[moments.end + 1];
      Arrays.fill(found, moments.end + 1);
      for (int v = 0; v < lives.size; v++) {
        if (lives.put[v] != NONE) {
          found[lives.begun[v]] = lives.found[v];
        }
      }
      for (int t = moments.end - 1; t >= 0; t--) {
        found[t] = Math.min(found[t], found[t + 1]);
      }
      for (int i = 0; i < left.length; i++) {
        due[i] = Math.min(moments.end, found[lives.inside[left[i]]] - 1);
      }
    }
  }

  /**
   * What a decider says, which takes no notice of takers that no value has: they may be left out
   * where it finds an order, and must be where no value is left over.
   */
  static Answer answer(Lives lives, Gives gives, Supplier<Answer> decider) {
    if (lives.flaw != null) {
      return lives.flaw;
    }
    Answer answer = decider.get();
    int[] left = lives.left();
    if (answer instanceof Answer.Ordered || lives.unknown.length == 0 || left.length == 0) {
      return answer;
    }
    boolean looked = Arrays.stream(left).anyMatch(v -> lives.lookFrom[v] < lives.lookFrom[v + 1]);
    if (gives != Gives.OTHER && !looked) {
      Answer without = new Takers(lives, left, gives == Gives.FIRST_IN).assign();
      return without != null ? without : decider.get();
    }
    // The others have no order if they have none by themselves.
    for (int v : left) {
      lives.put[v] = NONE;
    }
    return decider.get() instanceof Answer.Impossible impossible
        ? impossible
        : new Answer.Unsuited("values left over may have been taken by calls of unknown outcome");
  }

  /** Gives takers to those who need one; an answer if that cannot be. */
  private @Nullable Answer assign() {
    int[] next = moments();
    if (next.length == 0) {
      return new Answer.Unsuited("too many values left over and calls of unknown outcome");
    }
    if (next[0] == NONE) {
      return impossible();
    }
    int[] cut = new int[moments.end + 1];
    Arrays.fill(cut, moments.end);
    for (int empty : lives.empties) {
      int moment = next[moments.invoked[empty]];
      if (moment >= moments.returned[empty]) {
        return impossible();
      }
      cut[moment] = moment;
    }
    for (int t = moments.end - 1; t >= 0; t--) {
      cut[t] = Math.min(cut[t], cut[t + 1]);
    }
    long[] order = new long[left.length];
    int count = 0;
    for (int i = 0; i < left.length; i++) {
      int last = Math.min(due[i], cut[lives.inside[left[i]]]);
      if (last < moments.end) {
        order[count++] = (long) last << 32 | left[i];
      }
    }
    Arrays.sort(order, 0, count);
    for (int i = 0; i < count; i++) {
      if (i == lives.unknown.length || moments.invoked[lives.unknown[i]] > order[i] >> 32) {
        return new Answer.Unsuited("some value left over has no taker in time");
      }
      lives.taken((int) order[i], lives.unknown[i]);
    }
    return null;
  }

  private Answer impossible() {
    return new Answer.Impossible(lives.calls, lives.calls.get(lives.calls.size() - 1));
  }

  /**
   * By moment: the next one, or itself, at which all inside can have been taken; first of all none
   * if some value cannot be taken when it is due, and empty if that is too long to find out.
   */
  private int[] moments() {
    int takers = lives.unknown.length;
    // By number of takers invoked: how many of them are spare.
    int[] spare = new int[takers + 1];
    int[] byEvent = new int[moments.end + 1];
    Arrays.fill(byEvent, NONE);
    for (int i = 0; i < left.length; i++) {
      byEvent[lives.inside[left[i]]] = i;
      if (due[i] < moments.end) {
        spare[invoked[due[i]]]--;
      }
    }
    int bad = NONE;
    for (int j = 0; j <= takers; j++) {
      spare[j] += j == 0 ? 0 : spare[j - 1] + 1;
      bad = spare[j] < 0 ? j : bad;
    }
    int[] next = lives.free(left);
    if (bad != NONE) {
      next[0] = NONE;
      return next;
    }
    long steps = 0;
    boolean[] late = new boolean[moments.end + 1];
    for (int t = 0; t <= moments.end; t++) {
      int i = byEvent[t];
      if (i != NONE) {
        // From now on due at a cut; counted until here from when it is due in any case.
        int until = due[i] < moments.end ? invoked[due[i]] : takers + 1;
        for (int j = invoked[t]; j < until; j++) {
          bad = --spare[j] < 0 ? Math.max(bad, j) : bad;
        }
        steps += Math.max(0, until - invoked[t]);
      }
      if (steps > MOST) {
        return new int[0];
      }
      late[t] = bad >= invoked[t];
    }
    int ok = moments.end + 1;
    for (int t = moments.end; t >= 0; t--) {
      ok = next[t] == t && !late[t] ? t : ok;
      next[t] = ok;
    }
    return next;
  }
}
