/** Tests of the target in virtual time. */
@NullMarked
package dev.faultline.targets.grants;

import org.jspecify.annotations.NullMarked;
