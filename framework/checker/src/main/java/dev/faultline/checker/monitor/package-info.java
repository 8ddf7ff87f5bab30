/**
 * Deciders for objects whose values tell their operations apart: no search, near-linear time. Each
 * is given the calls of one object and says at once when it cannot judge them.
 */
@NullMarked
package dev.faultline.checker.monitor;

import org.jspecify.annotations.NullMarked;
