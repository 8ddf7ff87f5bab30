/**
 * The environment {@code sim}: nodes, network, clocks and disks in one thread and virtual time, the
 * same for a seed on every JVM. Start with {@link dev.faultline.sim.SimEnvironment}. Nothing here
 * reads a real clock, starts a thread, or draws a random number that is not keyed by the seed.
 */
@NullMarked
package dev.faultline.sim;

import org.jspecify.annotations.NullMarked;
