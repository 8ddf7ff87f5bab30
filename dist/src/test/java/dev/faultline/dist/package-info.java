/**
 * Rules that hold over the whole tree, checked where everything can be seen: who may depend on
 * whom, which calls are banned, and how the assembled command answers wrong input.
 */
@NullMarked
package dev.faultline.dist;

import org.jspecify.annotations.NullMarked;
