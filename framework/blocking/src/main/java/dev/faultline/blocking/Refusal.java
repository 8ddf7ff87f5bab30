package dev.faultline.blocking;

/**
 * Something cannot be simulated, or was not the same twice. The message begins with one word for
 * the reason, such as {@code platform-thread} or {@code not-deterministic}, and tells what and
 * where.
 */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public Refusal(String message) {
    super(message);
  }
}
