package dev.faultline.blocking.kernel;

/**
 * A thread as the universe knows it.
 *
 * @param number in the order of their start, from 1
 */
record Task(int number, Thread thread, Host.Life life, Runnable continuation)
    implements Comparable<Task> {
  @Override
  public int compareTo(Task other) {
    return Integer.compare(number, other.number);
  }
}
