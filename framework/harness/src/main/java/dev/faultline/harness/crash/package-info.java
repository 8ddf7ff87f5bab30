/**
 * Kills running harnesses with SIGKILL and looks at what stays: {@link
 * dev.faultline.harness.crash.Crash} is one such kill. The harness that is killed is a process of
 * its own, started with {@link dev.faultline.harness.run.CallLog} on, which tells what its clients
 * had done when it died.
 */
@NullMarked
package dev.faultline.harness.crash;

import org.jspecify.annotations.NullMarked;
