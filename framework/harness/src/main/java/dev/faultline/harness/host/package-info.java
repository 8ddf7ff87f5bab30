/**
 * Clients in processes of their own, so that they can be paused, killed and misled. Start with
 * {@link dev.faultline.harness.host.HostMain}, the process, and {@link
 * dev.faultline.harness.host.HostPort}, the harness's side. They talk in JSON lines over a TCP
 * connection that the harness dials, which no proxy carries; nothing here knows where the process
 * runs.
 */
@NullMarked
package dev.faultline.harness.host;

import org.jspecify.annotations.NullMarked;
