package dev.faultline.harness.gen;

/** Placeholder. */
public final class Generators {
  private Generators() {}
}
