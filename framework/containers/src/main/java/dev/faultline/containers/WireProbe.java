package dev.faultline.containers;

import dev.faultline.harness.Cluster.Probe;
import dev.faultline.harness.LinkState;
import dev.faultline.proxy.Counters;
import dev.faultline.proxy.ToxiproxyControl;
import dev.faultline.proxy.Wire;
import dev.faultline.spec.Link;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sees from outside whether a direction carries bytes, for nodes that no probe runs in: dials the
 * same wires as the nodes do, sends a request that every HTTP server answers, and looks for the
 * answer and at the proxy's counters. A direction {@code a→b} is looked at on both its streams: the
 * request on the wire that a dials to b, and the answer on the wire that b dials to a.
 *
 * <p>The real Toxiproxy counts a connection's bytes when it ends. So does this probe's own, at
 * once; connections of the nodes that end meanwhile are told apart by what was taken and not given
 * on.
 */
final class WireProbe {
  private static final int LEAST = 32;

  /** More than an answer has, so that only a request can be as long. */
  private static final int LARGE = 1_000;

  private static final Duration COUNTED = Duration.ofMillis(200);

  private final Layout layout;
  private final ToxiproxyControl control;

  WireProbe(Layout layout, ToxiproxyControl control) {
    this.layout = layout;
    this.control = control;
  }

  /** What became of one exchange over one wire. */
  private record Exchange(@Nullable String refused, long answered, int sent) {
    boolean replied() {
      return answered >= 0;
    }
  }

  /**
   * Probes; blocks for about {@code within} at most twice.
   *
   * @param back how the opposite direction is disturbed, whose latency a round trip has as well
   */
  Probe probe(Link link, LinkState back, int bytes, Duration within) {
    Wire there = layout.wire(link.from(), link.to());
    Wire here = layout.wire(link.to(), link.from());
    Map<String, @Nullable Object> detail = new LinkedHashMap<>();
    if (there != null) {
      Probe probe = byRequest(there, back, bytes, within, detail);
      if (probe.passed() || here == null) {
        return probe;
      }
      // Cut as far as requests go; answers must not come through either.
      Probe answer = byAnswer(here, back, LEAST, within, new LinkedHashMap<>());
      return answer.passed() ? answer : probe;
    }
    if (here == null) {
      return new Probe(false, 0, "counters", Map.of("why", "no wire"));
    }
    return byAnswer(here, back, bytes, within, detail);
  }

  private Probe byRequest(
      Wire wire, LinkState back, int bytes, Duration within, Map<String, @Nullable Object> detail) {
    String stream = wire.name() + "/upstream";
    Counters before = counters(stream);
    Exchange exchange = exchange(wire, bytes, within);
    if (exchange.replied()) {
      return replied(exchange, back, detail);
    }
    return counted(stream, before, exchange, exchange.sent(), detail);
  }

  private Probe byAnswer(
      Wire wire, LinkState back, int bytes, Duration within, Map<String, @Nullable Object> detail) {
    if (bytes >= LARGE) {
      detail.put("why", "answers are short");
      detail.put("bytesIn", 0L);
      return new Probe(false, 0, "counters", detail);
    }
    String stream = wire.name() + "/downstream";
    Counters before = counters(stream);
    Exchange exchange = exchange(wire, LEAST, within);
    if (exchange.replied()) {
      return replied(exchange, back, detail);
    }
    // How long the answer was is not known.
    return counted(stream, before, exchange, 1, detail);
  }

  private static Probe replied(
      Exchange exchange, LinkState back, Map<String, @Nullable Object> detail) {
    long wayBack = back.effect().latency().toNanos();
    detail.put("roundTripNanos", exchange.answered());
    if (wayBack > 0) {
      detail.put("wayBackNanos", wayBack);
    }
    long jitter = back.effect().jitter().toNanos();
    if (jitter > 0) {
      detail.put("uncertainNanos", jitter);
    }
    return new Probe(true, Math.max(1, exchange.answered() - wayBack), "probe", detail);
  }

  private Probe counted(
      String stream,
      Counters before,
      Exchange exchange,
      int least,
      Map<String, @Nullable Object> detail) {
    if (exchange.refused() != null) {
      detail.put("why", exchange.refused());
    }
    if (exchange.sent() == 0) {
      return new Probe(false, 0, "counters", detail);
    }
    long end = System.nanoTime() + COUNTED.toNanos();
    long in = 0;
    long out = 0;
    while (in < least && System.nanoTime() < end) {
      Counters now = counters(stream);
      in = now.bytesIn() - before.bytesIn();
      out = now.bytesOut() - before.bytesOut();
      sleep();
    }
    boolean swallowed = in - out >= least;
    detail.put("bytesIn", swallowed ? in - out : in);
    detail.put("bytesOut", swallowed ? 0L : out);
    return new Probe(!swallowed && out >= least, 0, "counters", detail);
  }

  private Counters counters(String stream) {
    Counters counters = control.counters().get(stream);
    return counters == null ? new Counters(0, 0) : counters;
  }

  private static Exchange exchange(Wire wire, int bytes, Duration within) {
    byte[] request = request(bytes);
    long start = System.nanoTime();
    int sent = 0;
    try (Socket socket = new Socket()) {
      socket.setTcpNoDelay(true);
      socket.connect(address(wire), millis(within, start));
      socket.getOutputStream().write(request);
      sent = request.length;
      InputStream in = socket.getInputStream();
      socket.setSoTimeout(millis(within, start));
      return in.read() < 0
          ? new Exchange("closed", -1, sent)
          : new Exchange(null, System.nanoTime() - start, sent);
    } catch (ConnectException e) {
      return new Exchange("refused", -1, sent);
    } catch (SocketTimeoutException e) {
      return new Exchange(null, -1, sent);
    } catch (SocketException e) {
      return new Exchange("reset", -1, sent);
    } catch (IOException e) {
      return new Exchange(String.valueOf(e.getMessage()), -1, sent);
    }
  }

  private static int millis(Duration within, long start) {
    return (int) Math.max(1, within.toMillis() - (System.nanoTime() - start) / 1_000_000);
  }

  /**
   * A request of this size, which any HTTP server answers with success or an error, and so does
   * Redis. All of it is in its first line: a server that reads lines answers the first one, and
   * what it had not waited for would not be measured.
   */
  static byte[] request(int bytes) {
    String head = "GET /";
    String tail = " HTTP/1.0\r\n\r\n";
    int padding = Math.max(1, bytes - head.length() - tail.length());
    return (head + "x".repeat(padding) + tail).getBytes(StandardCharsets.US_ASCII);
  }

  private static InetSocketAddress address(Wire wire) {
    int colon = wire.listen().lastIndexOf(':');
    return new InetSocketAddress(
        wire.listen().substring(0, colon), Integer.parseInt(wire.listen().substring(colon + 1)));
  }

  private static void sleep() {
    try {
      TimeUnit.MILLISECONDS.sleep(10);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
