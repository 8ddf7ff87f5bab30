/** Tests of the target in virtual time. */
@NullMarked
package dev.faultline.targets.raft;

import org.jspecify.annotations.NullMarked;
