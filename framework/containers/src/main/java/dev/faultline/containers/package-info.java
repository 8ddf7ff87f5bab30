/**
 * Nodes in containers. Start with {@link dev.faultline.containers.ContainersEnvironment}; the
 * networks and who reaches whom are {@code Layout}'s. Each node is alone on a network with
 * Toxiproxy, so that nothing goes round it. Only this module knows Testcontainers.
 */
@NullMarked
package dev.faultline.containers;

import org.jspecify.annotations.NullMarked;
