package dev.faultline.proxy;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.LinkState;
import dev.faultline.spec.Link;
import java.net.InetSocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One wire's proxy and what is known of it. One thread at a time. */
final class WirePort {
  private final ToxiproxyControl control;
  private final Wire wire;
  private volatile @Nullable InetSocketAddress address;

  // Null when a call failed halfway: then the server is asked before the next plan.
  private WirePlan.@Nullable Known known;

  WirePort(ToxiproxyControl control, Wire wire) {
    this.control = control;
    this.wire = wire;
  }

  Wire wire() {
    return wire;
  }

  Link upstream() {
    return new Link(wire.dialler(), wire.listener());
  }

  Link downstream() {
    return new Link(wire.listener(), wire.dialler());
  }

  void open() {
    address = control.create(wire);
    known = WirePlan.Known.FRESH;
  }

  InetSocketAddress address() {
    InetSocketAddress here = address;
    if (here == null) {
      throw new EnvironmentException("wire " + wire.name() + " is not open; open the links first");
    }
    return here;
  }

  void bring(LinkState up, LinkState down, WirePlan.Jitter jitter) {
    address();
    WirePlan.Known from = known == null ? asked() : known;
    known = null;
    for (WirePlan.Step step : WirePlan.steps(from, up, down, jitter)) {
      switch (step) {
        case WirePlan.Enable e -> control.enable(wire.name());
        case WirePlan.Disable d -> control.disable(wire.name());
        case WirePlan.Add add -> control.add(wire.name(), add.toxic());
        case WirePlan.Update update -> control.update(wire.name(), update.toxic());
        case WirePlan.Remove remove -> control.remove(wire.name(), remove.toxic());
      }
      from = from.after(step);
    }
    known = from;
  }

  void close() {
    if (address == null) {
      return;
    }
    address = null;
    try {
      control.delete(wire.name());
    } catch (EnvironmentException gone) {
      // The server ended first, and its proxies with it.
    }
  }

  private WirePlan.Known asked() {
    ToxiproxyControl.ProxyState state = control.state(wire.name());
    WirePlan.Known asked = new WirePlan.Known(state.enabled(), Map.of());
    for (ToxicSpec toxic : state.toxics()) {
      asked = asked.after(new WirePlan.Add(toxic));
    }
    return asked;
  }
}
