package dev.faultline.json;

/**
 * Text that is not JSON, or a value that is not of the shape asked for; the message has the place.
 */
public final class JsonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public JsonException(String message) {
    super(message);
  }
}
