package dev.faultline.checker.linear;

import dev.faultline.checker.Budget;
import dev.faultline.checker.linear.Configuration.Link;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Just-in-time linearization (Lowe, "Testing for linearizability", 2017) with the reductions that
 * steps of the form (need, make) allow.
 *
 * <p>It goes through the history line by line and holds all configurations that are possible so
 * far. A step is placed at the latest when it returns; others are placed before it only if that
 * helps:
 *
 * <ul>
 *   <li>A due observation that fits the state is placed at once: it stands in nobody's way.
 *   <li>A step that need not stand at this place (one that never returned, or a blind one, see
 *       next) is placed early only if the next step uses the state that it makes.
 *   <li>A blind step that is open while another blind step is placed becomes optional: it may stand
 *       right before that one, where nobody sees it. So concurrent writes do not multiply.
 *   <li>Of equal steps that are open and not blind, the one that returns first goes first; of those
 *       that never returned, the one invoked first.
 *   <li>Of two configurations, one that covers the other suffices.
 * </ul>
 *
 * A step gives its slot back when it returns, so a configuration is as wide as the most steps open
 * at once, not as the history is long. Time is linear in the length, and in the worst case
 * exponential in that width.
 */
final class JustInTime implements Linearizer {
  private static final int POLL = 256;

  @Override
  public Answer decide(List<Step> steps, Budget budget, long effort) {
    return new Run(Reduction.reduce(steps), budget, effort).run();
  }

  private static final class Run {
    private final List<Step> steps;
    private final Budget budget;
    private final long effort;
    private final int[] slots;
    private final int words;

    /** Per slot: the step in it now, or null. */
    private final @Nullable Step[] open;

    /** Per slot: the slot of the equal optional step invoked before this one, or -1. */
    private final int[] twins;

    /** Slots of open blind steps that must be placed. */
    private final long[] blind;

    /** Per state: how many open steps need it. */
    private final int[] needed;

    private int used;
    private long looked;
    private long links;
    private int placed;
    private @Nullable String ranOut;

    Run(List<Step> steps, Budget budget, long effort) {
      this.steps = steps;
      this.budget = budget;
      this.effort = effort;
      this.slots = new int[steps.size()];
      this.used = assignSlots();
      this.words = Math.max(1, (used + 63) >> 6);
      this.open = new @Nullable Step[used];
      this.twins = new int[used];
      this.blind = new long[words];
      int states = 1;
      for (Step step : steps) {
        states = Math.max(states, Math.max(step.need(), step.make()) + 1);
      }
      this.needed = new int[states];
    }

    Answer run() {
      List<Configuration> live = new ArrayList<>();
      live.add(new Configuration(0, new long[words], new long[words], null));
      Map<Long, Integer> crashed = new HashMap<>();
      for (long event : events()) {
        int at = (int) (event >> 1);
        Step step = steps.get(at);
        int slot = slots[at];
        if ((event & 1) == 0) {
          invoke(step, slot, live, crashed);
          continue;
        }
        live = settle(step, slot, live);
        if (ranOut != null) {
          return new Answer.Exhausted(ranOut, placed, live.size());
        }
        if (live.isEmpty()) {
          return new Answer.Stuck(step);
        }
        placed++;
        close(step, slot);
      }
      return new Answer.Ordered(order(live.get(0).link));
    }

    /** Steps twice, as (position, is it the return), in the order of lines. */
    private long[] events() {
      int n = steps.size();
      long[][] keyed = new long[2 * n][];
      int count = 0;
      for (int i = 0; i < n; i++) {
        keyed[count++] = new long[] {steps.get(i).invoked(), (long) i << 1};
        if (steps.get(i).must()) {
          keyed[count++] = new long[] {steps.get(i).returned(), (long) i << 1 | 1};
        }
      }
      // Where lines share an index, invocations go first: intervals are closed.
      Arrays.sort(
          keyed,
          0,
          count,
          (a, b) -> a[0] != b[0] ? Long.compare(a[0], b[0]) : Long.compare(a[1] & 1, b[1] & 1));
      long[] events = new long[count];
      for (int i = 0; i < count; i++) {
        events[i] = keyed[i][1];
      }
      return events;
    }

    private int assignSlots() {
      Deque<Integer> free = new ArrayDeque<>();
      int next = 0;
      for (long event : events()) {
        int at = (int) (event >> 1);
        if ((event & 1) == 1) {
          free.push(slots[at]);
        } else {
          slots[at] = free.isEmpty() ? next++ : free.pop();
        }
      }
      return next;
    }

    private void invoke(Step step, int slot, List<Configuration> live, Map<Long, Integer> crashed) {
      open[slot] = step;
      twins[slot] = -1;
      if (step.need() != Step.ANY) {
        needed[step.need()]++;
      }
      if (!step.must()) {
        Integer twin = crashed.put((long) step.need() << 32 | step.make(), slot);
        twins[slot] = twin == null ? -1 : twin;
        return;
      }
      if (step.blind()) {
        blind[slot >> 6] |= 1L << slot;
      }
      for (Configuration c : live) {
        if (step.observes() && (step.need() == Step.ANY || step.need() == c.state)) {
          c.link = link(step, step.invoked(), c.link);
        } else {
          c.setDue(slot);
        }
      }
    }

    private void close(Step step, int slot) {
      open[slot] = null;
      blind[slot >> 6] &= ~(1L << slot);
      if (step.need() != Step.ANY) {
        needed[step.need()]--;
      }
    }

    /** All ways in which the step can have been placed by now. */
    private List<Configuration> settle(Step step, int slot, List<Configuration> live) {
      Frontier settled = new Frontier();
      Frontier seen = new Frontier();
      Deque<Configuration> work = new ArrayDeque<>();
      for (Configuration c : live) {
        boolean done = !c.due(slot);
        boolean optional = done && !step.observes() && !c.spent(slot);
        if ((!done || optional) && seen.add(c)) {
          work.push(c);
        }
        if (done) {
          settled.add(cleared(c, slot));
        }
      }
      while (!work.isEmpty()) {
        Configuration c = work.pop();
        for (int i = 0; i < used; i++) {
          Step next = open[i];
          if (next == null || !mayPlace(c, next, i, i == slot)) {
            continue;
          }
          Configuration placed = place(c, next, i, step.returned(), i == slot);
          boolean done = !placed.due(slot);
          if (done && !placed.loose) {
            settled.add(cleared(placed, slot));
          }
          boolean last = done && (step.observes() || placed.spent(slot));
          if (!last && seen.add(placed)) {
            work.push(placed);
          }
        }
        if (ranOut(settled.size() + seen.size())) {
          return settled.all();
        }
      }
      return settled.all();
    }

    private boolean mayPlace(Configuration c, Step step, int slot, boolean returns) {
      if (step.observes() || c.spent(slot)) {
        return false;
      }
      if (step.need() == Step.ANY ? c.loose : step.need() != c.state) {
        return false;
      }
      if (returns) {
        return true;
      }
      boolean movable = !step.must() || step.blind();
      return !(movable && needed[step.make()] == 0)
          && (twins[slot] < 0 || c.spent(twins[slot]))
          && (step.blind() || isFirstToReturn(c, step));
    }

    /** Whether no equal step that is open and not placed returns before this one. */
    private boolean isFirstToReturn(Configuration c, Step step) {
      for (int i = 0; i < used; i++) {
        Step other = open[i];
        if (other != null
            && other.returned() < step.returned()
            && other.need() == step.need()
            && other.make() == step.make()
            && !c.spent(i)) {
          return false;
        }
      }
      return true;
    }

    private Configuration place(
        Configuration from, Step step, int slot, long event, boolean returns) {
      Configuration to = from.in(step.make());
      to.spend(slot);
      to.link = link(step, event, from.link);
      if (step.blind()) {
        for (int w = 0; w < words; w++) {
          to.due[w] &= ~blind[w];
        }
      }
      boolean noticed = false;
      for (int i = 0; i < used; i++) {
        Step reader = open[i];
        if (reader != null && reader.observes() && reader.need() == to.state && to.due(i)) {
          to.clearDue(i);
          to.link = link(reader, event, to.link);
          noticed = true;
        }
      }
      to.loose = !returns && !noticed && (!step.must() || step.blind());
      return to;
    }

    private static Configuration cleared(Configuration c, int slot) {
      Configuration copy = c.in(c.state);
      copy.clear(slot);
      return copy;
    }

    private Link link(Step step, long event, @Nullable Link before) {
      links++;
      return new Link(step, event, before);
    }

    private boolean ranOut(int held) {
      looked++;
      if (looked > effort) {
        ranOut = "effort of " + effort + " configurations";
      } else if (looked % POLL == 0) {
        ranOut = budget.exhausted(held * (96L + 16L * words) + links * 32);
      }
      return ranOut != null;
    }

    /** From the last place to the first; then the blind steps that nobody saw. */
    private List<Step> order(@Nullable Link last) {
      List<Link> chain = new ArrayList<>();
      for (Link l = last; l != null; l = l.before()) {
        chain.add(l);
      }
      Collections.reverse(chain);
      Set<Step> seen = Collections.newSetFromMap(new IdentityHashMap<>());
      chain.forEach(l -> seen.add(l.step()));
      Deque<Step> unseen = new ArrayDeque<>();
      for (Step step : steps) {
        if (step.must() && !seen.contains(step)) {
          unseen.add(step);
        }
      }
      // An unseen step stands before a blind one that was placed while it was open.
      Map<Integer, List<Step>> before = new HashMap<>();
      for (Step step : unseen) {
        before.computeIfAbsent(hiding(step, chain), i -> new ArrayList<>()).add(step);
      }
      List<Step> order = new ArrayList<>();
      for (int i = 0; i < chain.size(); i++) {
        order.addAll(before.getOrDefault(i, List.of()));
        order.add(chain.get(i).step());
      }
      return order;
    }

    private static int hiding(Step unseen, List<Link> chain) {
      int low = 0;
      int high = chain.size();
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (chain.get(middle).event() > unseen.invoked()) {
          high = middle;
        } else {
          low = middle + 1;
        }
      }
      for (int i = low; i < chain.size() && chain.get(i).event() <= unseen.returned(); i++) {
        if (chain.get(i).step().blind()) {
          return i;
        }
      }
      throw new IllegalStateException("no place for " + unseen);
    }
  }
}
