package dev.faultline.history;

/** What became of an operation. */
public enum Outcome {
  /** It took effect between its invocation and its return. */
  OK,
  /** It certainly did not take effect. */
  FAIL,
  /** It may take effect at any time after its invocation, or never. */
  INFO
}
