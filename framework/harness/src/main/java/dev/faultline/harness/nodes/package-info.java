/**
 * The harness's side of a kit node's process, used by every environment that starts such processes:
 * {@link dev.faultline.harness.nodes.NodePort} for the control connection, {@link
 * dev.faultline.harness.nodes.FrameChannel} for codec clients. Nothing here knows where the process
 * runs, or how it was started.
 */
@NullMarked
package dev.faultline.harness.nodes;

import org.jspecify.annotations.NullMarked;
