/**
 * The definition of linearizability, tried out in every way, to hold the checkers against. Start
 * with {@link dev.faultline.checker.oracle.Oracle}, which decides small histories, and {@link
 * dev.faultline.checker.oracle.Differential}, which makes up histories and compares. Shares no code
 * with the models, monitors and searches: its objects are played, where models judge.
 */
@NullMarked
package dev.faultline.checker.oracle;

import org.jspecify.annotations.NullMarked;
