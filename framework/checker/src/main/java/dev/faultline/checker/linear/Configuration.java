package dev.faultline.checker.linear;

import org.jspecify.annotations.Nullable;

/**
 * One way that things may stand between two lines of a history. Each open step has a slot with two
 * bits: <i>due</i>, it must still be placed, and <i>spent</i>, it may not be placed any more.
 * Neither bit means optional.
 *
 * <p>With equal states, fewer bits are never worse: nothing more to do, and nothing less allowed.
 */
final class Configuration {
  final int state;
  final long[] due;
  final long[] spent;

  /** The last step placed made a state that nobody has used yet, and it need not stand here. */
  boolean loose;

  /** How we got here. */
  @Nullable Link link;

  /** A step in its place; the places before it hang below. */
  record Link(Step step, long event, @Nullable Link before) {}

  Configuration(int state, long[] due, long[] spent, @Nullable Link link) {
    this.state = state;
    this.due = due;
    this.spent = spent;
    this.link = link;
  }

  /** A copy to change, in another state. */
  Configuration in(int state) {
    return new Configuration(state, due.clone(), spent.clone(), link);
  }

  boolean due(int slot) {
    return (due[slot >> 6] & 1L << slot) != 0;
  }

  boolean spent(int slot) {
    return (spent[slot >> 6] & 1L << slot) != 0;
  }

  void setDue(int slot) {
    due[slot >> 6] |= 1L << slot;
  }

  void clearDue(int slot) {
    due[slot >> 6] &= ~(1L << slot);
  }

  void spend(int slot) {
    spent[slot >> 6] |= 1L << slot;
    clearDue(slot);
  }

  /** Forgets the slot, for the next step that uses it. */
  void clear(int slot) {
    spent[slot >> 6] &= ~(1L << slot);
    clearDue(slot);
  }

  /** Whether everything that the other can still become, this one can too; states are equal. */
  boolean covers(Configuration other) {
    if (loose && !other.loose) {
      return false;
    }
    for (int i = 0; i < due.length; i++) {
      if ((due[i] & ~other.due[i]) != 0 || (spent[i] & ~other.spent[i]) != 0) {
        return false;
      }
    }
    return true;
  }
}
