package dev.faultline.harness.judge;

/** Placeholder. */
public final class Judge {
  private Judge() {}
}
