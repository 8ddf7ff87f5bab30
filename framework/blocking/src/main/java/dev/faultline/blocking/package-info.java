/**
 * Ordinary blocking Java, with sockets, sleeps, locks and executors, in one thread on virtual time:
 * write a {@link dev.faultline.blocking.Scenario}, give it to {@link
 * dev.faultline.blocking.Blocking}. It needs JDK 25 and a JVM of its own, and refuses with a reason
 * what it cannot hold still.
 */
@NullMarked
package dev.faultline.blocking;

import org.jspecify.annotations.NullMarked;
