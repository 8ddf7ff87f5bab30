/**
 * memcached, the shortest adapter of a real system. Start with {@link
 * dev.faultline.targets.memcached.MemcachedTarget}.
 */
@NullMarked
package dev.faultline.targets.memcached;

import org.jspecify.annotations.NullMarked;
