/** A toy target, workload and environment in memory, and the tests of the extension with them. */
@NullMarked
package dev.faultline.junit;

import org.jspecify.annotations.NullMarked;
