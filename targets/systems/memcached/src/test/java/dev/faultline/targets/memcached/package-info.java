@NullMarked
package dev.faultline.targets.memcached;

import org.jspecify.annotations.NullMarked;
