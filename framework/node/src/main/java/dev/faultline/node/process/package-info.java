/**
 * A node of the kit as an operating-system process. Start with {@link
 * dev.faultline.node.process.NodeMain}. Messages are frames over TCP, lossy: they go over the
 * connection that the sender dialled, through whatever proxy that address leads to, and are lost
 * with it. Everything else that the harness wants of the node goes in JSON lines over a control
 * connection, which the harness dials and no proxy carries.
 */
@NullMarked
package dev.faultline.node.process;

import org.jspecify.annotations.NullMarked;
