@NullMarked
package dev.faultline.targets.etcd;

import org.jspecify.annotations.NullMarked;
