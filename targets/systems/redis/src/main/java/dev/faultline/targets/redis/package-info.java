/**
 * Redis as Debian ships it, in containers: one server, or three under Sentinel. Start with {@link
 * dev.faultline.targets.redis.RedisTarget}; {@code Processes} has the configuration, {@code
 * Operations} says whom a client asks and what an error means.
 */
@NullMarked
package dev.faultline.targets.redis;

import org.jspecify.annotations.NullMarked;
