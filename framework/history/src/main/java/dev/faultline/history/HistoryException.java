package dev.faultline.history;

/** A history that cannot be read or does not pair; the message has the place and the remedy. */
public final class HistoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public HistoryException(String message) {
    super(message);
  }
}
