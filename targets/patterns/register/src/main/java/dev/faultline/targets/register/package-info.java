/**
 * A register that is replicated by quorums, and two broken forms of it: the first example. Read
 * {@link dev.faultline.targets.register.RegisterNode} for the pattern, {@link
 * dev.faultline.targets.register.RegisterTarget} for how it is put under test.
 */
@NullMarked
package dev.faultline.targets.register;

import org.jspecify.annotations.NullMarked;
