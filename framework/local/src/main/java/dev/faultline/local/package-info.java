/**
 * The environment {@code local}: kit nodes and client hosts as JVM processes on loopback addresses,
 * with a proxy in every link. Start with {@link dev.faultline.local.LocalEnvironment}.
 */
@NullMarked
package dev.faultline.local;

import org.jspecify.annotations.NullMarked;
