package dev.faultline.blocking.kernel;

import dev.faultline.blocking.Refusal;
import java.util.Arrays;

/** Errors as lines for a person: what, and the place in the code that is tested. */
final class Refusals {
  private Refusals() {}

  /** What the hooks refused, with the first place outside of the JDK and of Faultline. */
  static Refusal of(Throwable refused) {
    String message = String.valueOf(refused.getMessage()).replaceFirst("^refused: ", "");
    return new Refusal(message + place(refused.getStackTrace()));
  }

  /** An exception of a scenario. */
  static String line(Throwable error) {
    return error.toString().replaceAll("\\s*\\R\\s*", "; ") + place(error.getStackTrace());
  }

  /** Where the code that is tested stood; empty if it did not. */
  static String place(StackTraceElement[] stack) {
    return Arrays.stream(stack)
        .filter(frame -> frame.getModuleName() == null)
        .filter(frame -> !frame.getClassName().startsWith("dev.faultline.blocking.boot."))
        .filter(frame -> !frame.getClassName().startsWith("dev.faultline.blocking.kernel."))
        .findFirst()
        .map(frame -> " (at " + frame + ")")
        .orElse("");
  }
}
