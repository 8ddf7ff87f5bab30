/** Tests of the target in virtual time. */
@NullMarked
package dev.faultline.targets.register;

import org.jspecify.annotations.NullMarked;
