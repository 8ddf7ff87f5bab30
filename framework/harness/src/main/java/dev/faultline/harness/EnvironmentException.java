package dev.faultline.harness;

/**
 * The experiment cannot be run as asked; the message names the value, the place and the remedy. The
 * command line exits with 3.
 */
public final class EnvironmentException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public EnvironmentException(String message) {
    super(message);
  }

  public EnvironmentException(String message, Throwable cause) {
    super(message, cause);
  }
}
