package dev.faultline.checker.weak;

import dev.faultline.checker.Property;
import dev.faultline.checker.Verdict;
import dev.faultline.checker.Witness;
import dev.faultline.checker.objects.EachKey;
import dev.faultline.checker.objects.Told;
import dev.faultline.history.Operation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Registers that promise less (Lamport, "On Interprocess Communication", 1986; here for any number
 * of writers, as the weak regularity of Shao, Welch, Pierce and Lee, "Multiwriter Consistency
 * Conditions for Shared Memory Registers", 2011). {@link #REGULAR}: a read finds a write that had
 * begun, and that no other write certainly replaced before the read began; two reads need not
 * agree. {@link #SAFE}: so do reads during which no write was open; others may find anything.
 * {@link #STALENESS}: a read may find what was replaced, by so many writes, or so long ago.
 */
final class WeakRegister {
  static final Property REGULAR =
      new Property(
          "register.regular", "a read finds the last write before it, or one that was open");
  static final Property SAFE =
      new Property("register.safe", "a read that meets no open write finds the last one");
  static final Property STALENESS =
      new Property("register.staleness", "a read is behind by so many writes, or so long, at most");

  private enum Kind {
    REGULAR,
    SAFE,
    STALENESS
  }

  private final Kind kind;

  /** How many newer writes, and how many nanoseconds since the first of them, may be missed. */
  private final @Nullable Long versions;

  private final @Nullable Long time;

  private WeakRegister(Kind kind, @Nullable Long versions, @Nullable Long time) {
    this.kind = kind;
    this.versions = versions;
    this.time = time;
  }

  static EachKey regular() {
    return new EachKey(REGULAR, List.of(), new WeakRegister(Kind.REGULAR, 0L, null)::judge);
  }

  static EachKey safe() {
    return new EachKey(SAFE, List.of(), new WeakRegister(Kind.SAFE, 0L, null)::judge);
  }

  static EachKey staleness(@Nullable Long versions, @Nullable Long time) {
    return new EachKey(
        STALENESS, List.of(), new WeakRegister(Kind.STALENESS, versions, time)::judge);
  }

  private Verdict judge(List<Operation> ops) {
    Writes writes = new Writes(ops);
    List<Operation> returned = new ArrayList<>(writes.all());
    returned.sort(Comparator.comparingLong(Operation::returned));
    long examined = 0;
    int over = 0;
    // The write that began last of those that were over when the read began.
    Operation newest = null;
    for (Operation read : ops) {
      while (over < returned.size() && returned.get(over).returned() < read.invoked()) {
        Operation write = returned.get(over++);
        newest = newest == null || write.invoked() > newest.invoked() ? write : newest;
      }
      if (!Writes.isRead(read)) {
        continue;
      }
      // Some write was open meanwhile.
      if (kind == Kind.SAFE && writes.begunBefore(read.returned()) > over) {
        continue;
      }
      examined++;
      Verdict verdict = judge(read, writes, returned.subList(0, over), newest);
      if (verdict != null) {
        return verdict;
      }
    }
    return new Verdict.Valid(examined);
  }

  private @Nullable Verdict judge(
      Operation read, Writes writes, List<Operation> over, @Nullable Operation newest) {
    Object value = Writes.value(read);
    String found = Told.json(value);
    List<Operation> candidates = writes.of(value);
    boolean first = value == null;
    if (candidates.isEmpty() && !first) {
      return invalid("never-written", "A read found " + found + ", which nobody wrote.", read);
    }
    if (newest == null && first) {
      return null;
    }
    Operation best = null;
    for (Operation write : candidates) {
      if (write.invoked() < read.returned()) {
        if (newest == null || write.returned() >= newest.invoked()) {
          return null;
        }
        best = best == null || write.returned() > best.returned() ? write : best;
      }
    }
    if (best == null && !first) {
      return invalid(
          "too-early",
          "A read found " + found + ", whose write began only later.",
          read,
          candidates.get(0));
    }
    return missed(read, best, over, newest);
  }

  /** The read found what was certainly replaced; null if that is within the bounds. */
  private @Nullable Verdict missed(
      Operation read, @Nullable Operation found, List<Operation> over, @Nullable Operation newest) {
    long since = found == null ? -1 : found.returned();
    long count = 0;
    Operation replaced = newest;
    for (Operation write : over) {
      if (write.invoked() > since) {
        count++;
        if (replaced == null || write.returnTime() < replaced.returnTime()) {
          replaced = write;
        }
      }
    }
    if (replaced == null) {
      return null;
    }
    long late = read.invokeTime() - replaced.returnTime();
    boolean versionsOver = versions != null && count > versions;
    boolean timeOver = time != null && late > time;
    if (!versionsOver && !timeOver) {
      return null;
    }
    List<Operation> shown = new ArrayList<>();
    if (found != null) {
      shown.add(found);
    }
    shown.add(versionsOver && newest != null ? newest : replaced);
    shown.add(read);
    String sentence =
        kind != Kind.STALENESS
            ? "A read found %s, which another write had replaced before it began."
                .formatted(Told.json(Writes.value(read)))
            : "A read found %s, behind by %d %s, the first of which had returned %,d ns before it."
                .formatted(
                    Told.json(Writes.value(read)), count, count == 1 ? "write" : "writes", late);
    return invalid(
        versionsOver || kind != Kind.STALENESS ? "stale" : "stale-for-long",
        sentence,
        shown.toArray(Operation[]::new));
  }

  private static Verdict invalid(String clause, String sentence, Operation... ops) {
    return new Verdict.Invalid(
        clause,
        new Witness(
            sentence,
            List.of(ops).stream()
                .sorted(Comparator.comparingLong(Operation::invoked))
                .map(op -> Told.step(op, op.f().equals("read") ? "this read" : null))
                .toList()));
  }
}
