/**
 * Conditions weaker than linearizability: registers that are regular or safe, stale reads within a
 * bound, sessions, causal and sequential consistency. Each says what it takes a session, a version
 * and the order of writes to be.
 */
@NullMarked
package dev.faultline.checker.weak;

import org.jspecify.annotations.NullMarked;
