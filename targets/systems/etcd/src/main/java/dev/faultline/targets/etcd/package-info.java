/**
 * etcd 3.4 as Debian ships it, in containers. Start with {@link
 * dev.faultline.targets.etcd.EtcdTarget}; {@code Gateway} says why its clients use the JSON gateway
 * and not a client library.
 */
@NullMarked
package dev.faultline.targets.etcd;

import org.jspecify.annotations.NullMarked;
