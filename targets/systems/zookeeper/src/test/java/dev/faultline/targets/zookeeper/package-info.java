@NullMarked
package dev.faultline.targets.zookeeper;

import org.jspecify.annotations.NullMarked;
