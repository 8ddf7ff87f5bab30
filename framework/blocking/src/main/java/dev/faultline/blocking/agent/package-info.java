/**
 * The agent that redirects the clock, the start of threads and a few more in every class, the JDK's
 * own too, by editing constant pools. It needs no class-file library.
 */
@NullMarked
package dev.faultline.blocking.agent;

import org.jspecify.annotations.NullMarked;
