@NullMarked
package dev.faultline.targets.redis;

import org.jspecify.annotations.NullMarked;
