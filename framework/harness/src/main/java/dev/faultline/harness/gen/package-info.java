/**
 * What clients do next: small immutable values that are composed. Start with {@link
 * dev.faultline.harness.gen.Generator} and {@link dev.faultline.harness.gen.Generators}. Pure: no
 * clock, no state, no randomness but what the context gives (the idea is Jepsen's,
 * jepsen/generator.clj).
 */
@NullMarked
package dev.faultline.harness.gen;

import org.jspecify.annotations.NullMarked;
