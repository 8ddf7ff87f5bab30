/**
 * Directions of messages that can be disturbed: TCP proxies that speak Toxiproxy's HTTP API, and
 * what drives them. Start with {@link dev.faultline.proxy.ToxiproxyServers}, which finds a server,
 * and {@link dev.faultline.proxy.ProxyLinks}, which brings directions into a {@link
 * dev.faultline.harness.LinkState}:
 *
 * {@snippet :
 * try (ToxiproxyServers servers = ToxiproxyServers.start(warden, log, seed);
 *     ProxyLinks links = new ProxyLinks(servers.control(), wires)) {
 *   links.open();
 *   InetSocketAddress n2 = links.listen("n1", "n2"); // n1 dials n2 here
 *   links.set(Map.of(new Link("n1", "n2"), new LinkState(Mode.HOLD, Effect.NONE)));
 *   links.clear(); // what was held arrives
 * }
 * }
 *
 * <h2>From a link to bytes</h2>
 *
 * <pre>
 * Link a→b, LinkState   ProxyLinks        who speaks, on which streams of which wires
 *   WirePlan            pure              which requests, in which order, and why
 *   WirePort            one wire          carries them out, knows what is in place
 *   ToxiproxyControl    HTTP, bounded     toxiproxy-java, and toxics complete in one request
 *     toxiproxy-server, or
 *     BuiltInToxiproxy  Api, ProxyCollection, BuiltInProxy
 *       Flow            one stream of one connection: a chain of Stages
 *         Toxic         seven machines without thread or clock
 * </pre>
 *
 * <h2>What holds of both servers</h2>
 *
 * One contract test ({@code ToxicContractTest}, {@code ApiContractTest}) and one test of links run
 * against both. Facts worth knowing, all seen there:
 *
 * <ul>
 *   <li>A direction that dropped heals with its connections closed; one that held heals with every
 *       byte delivered, in order, and then the end of the stream if there was one.
 *   <li>A half-closed connection is closed whole, once the end has come through.
 *   <li>A reset by one party reaches the other as an orderly end.
 *   <li>A disabled proxy comes back at its port, unless another program took it meanwhile; {@link
 *       dev.faultline.proxy.ToxiproxyControl#create} picks ports that none is given by chance.
 *   <li>A bandwidth of 0 passes nothing.
 * </ul>
 *
 * <h2>What the real server does besides</h2>
 *
 * Seen with 2.12.0, and the reason for the order and the means in {@code WirePlan}:
 *
 * <ul>
 *   <li>Removing a latency whose receiver has gone takes 5 s for each chunk held but the first, and
 *       locks the proxy (3 chunks: over 10 s). Setting the latency to 0 takes some milliseconds
 *       with 200 chunks. So a latency is never removed.
 *   <li>Putting a toxic behind a latency lets the chunk through that the latency was holding.
 *   <li>Bytes are counted when their connection ends: a probe by counters sees nothing of a live
 *       one.
 *   <li>Adding a toxic waits while a receiver does not read and its buffers are full.
 * </ul>
 *
 * Nothing here knows nodes, targets or faults; it knows names, addresses and link states.
 */
@NullMarked
package dev.faultline.proxy;

import org.jspecify.annotations.NullMarked;
