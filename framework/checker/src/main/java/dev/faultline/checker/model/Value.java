package dev.faultline.checker.model;

import org.jspecify.annotations.Nullable;

/** What a register holds; null at first. */
record Value(@Nullable Object of) {
  static final Value NONE = new Value(null);
}
