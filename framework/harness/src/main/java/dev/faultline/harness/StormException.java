package dev.faultline.harness;

/**
 * Nodes in virtual time send faster than anything is delivered, as when each answers every copy of
 * a message with one more. The run ends there, and its history is that of a run that was cut off.
 */
public final class StormException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StormException(String message) {
    super(message);
  }
}
