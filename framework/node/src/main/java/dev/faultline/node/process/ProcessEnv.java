package dev.faultline.node.process;

import dev.faultline.node.Clock;
import dev.faultline.node.Config;
import dev.faultline.node.Disk;
import dev.faultline.node.Env;
import dev.faultline.node.KeyedRandom;
import dev.faultline.node.Message;
import dev.faultline.node.Network;
import dev.faultline.node.Timers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** All that a node may touch, as a process. Used on the loop's thread alone. */
final class ProcessEnv implements Env, Network {
  private final NodeLaunch launch;
  private final SteeredClock clock;
  private final Loop loop;
  private final Disk disk;
  private final Control control;
  private final Inbound inbound;
  private final BiConsumer<String, Message> toSelf;
  private final Map<String, PeerLink> peers = new LinkedHashMap<>();
  private final Map<String, RandomGenerator> randoms = new LinkedHashMap<>();

  ProcessEnv(
      NodeLaunch launch,
      SteeredClock clock,
      Loop loop,
      Disk disk,
      Control control,
      Inbound inbound,
      BiConsumer<String, Message> toSelf) {
    this.launch = launch;
    this.clock = clock;
    this.loop = loop;
    this.disk = disk;
    this.control = control;
    this.inbound = inbound;
    this.toSelf = toSelf;
    launch
        .peers()
        .forEach((name, address) -> peers.put(name, new PeerLink(launch.self(), name, address)));
  }

  void dialPeers() {
    peers.values().forEach(PeerLink::start);
  }

  @Override
  public String self() {
    return launch.self();
  }

  @Override
  public int incarnation() {
    return launch.incarnation();
  }

  @Override
  public Config config() {
    return launch.config();
  }

  @Override
  public Network network() {
    return this;
  }

  @Override
  public void send(String to, Message message) {
    if (to.equals(launch.self())) {
      toSelf.accept(to, message);
      return;
    }
    // Written out now: the node may change its own object later.
    byte[] frame = Frames.encode(message.body());
    PeerLink peer = peers.get(to);
    if (peer != null) {
      peer.send(frame);
    } else {
      inbound.answer(to, message.field("in_reply_to"), frame);
    }
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public Timers timers() {
    return loop;
  }

  @Override
  public Disk disk() {
    return disk;
  }

  @Override
  public RandomGenerator random(String site) {
    return randoms.computeIfAbsent(
        site,
        s ->
            KeyedRandom.of(
                launch.seed(), "node", launch.self(), Integer.toString(launch.incarnation()), s));
  }

  @Override
  public void event(String name, @Nullable Object... facts) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; i < facts.length; i += 2) {
      map.put(String.valueOf(facts[i]), facts[i + 1]);
    }
    control.event(name, map);
  }
}
