/**
 * ZooKeeper 3.8 as Debian ships it, in containers, with Curator's recipes in two versions. Start
 * with {@link dev.faultline.targets.zookeeper.ZooKeeperTarget}.
 */
@NullMarked
package dev.faultline.targets.zookeeper;

import org.jspecify.annotations.NullMarked;
