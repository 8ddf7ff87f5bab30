/**
 * The kit that a pattern is written with. Start with {@link dev.faultline.node.Node} (what to
 * write) and {@link dev.faultline.node.Env} (all that it may touch). The same node runs in
 * simulation, as a process and in a container; nothing here knows which, nor who checks it.
 */
@NullMarked
package dev.faultline.node;

import org.jspecify.annotations.NullMarked;
