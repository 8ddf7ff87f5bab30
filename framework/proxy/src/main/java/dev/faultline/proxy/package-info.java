/**
 * Links that can be disturbed: TCP proxies that speak Toxiproxy's HTTP API, and what drives them.
 * Start with {@link dev.faultline.proxy.ToxiproxyServers}, which finds a server, and {@link
 * dev.faultline.proxy.ProxyLinks}, which brings directions of messages into a {@link
 * dev.faultline.harness.LinkState}.
 */
@NullMarked
package dev.faultline.proxy;

import org.jspecify.annotations.NullMarked;
