package dev.faultline.checker.model;

/** An operation that a model does not know; the message names it and what is known. */
public final class Misfit extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Misfit(Call call, String problem) {
    super(
        "entry %d, %s: %s".formatted(call.operation().invoked(), call.f(), problem),
        null,
        false,
        false);
  }
}
