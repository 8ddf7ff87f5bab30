/**
 * The kill matrix: which variant of a target is caught by which property under which faults, held
 * against what the variants declare.
 */
@NullMarked
package dev.faultline.harness.matrix;

import org.jspecify.annotations.NullMarked;
