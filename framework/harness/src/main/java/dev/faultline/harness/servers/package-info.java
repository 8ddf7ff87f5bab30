/**
 * What adapters of real systems have in common. Start with {@link
 * dev.faultline.harness.servers.SystemTarget}; {@link dev.faultline.harness.servers.Servers} are
 * its nodes; {@link dev.faultline.harness.servers.JsonHttp} is for clients of systems that speak
 * HTTP, {@link dev.faultline.harness.servers.LineSocket} of those that speak lines of text.
 */
@NullMarked
package dev.faultline.harness.servers;

import org.jspecify.annotations.NullMarked;
