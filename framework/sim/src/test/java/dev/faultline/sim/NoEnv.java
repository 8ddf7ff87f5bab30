package dev.faultline.sim;

import dev.faultline.node.Clock;
import dev.faultline.node.Config;
import dev.faultline.node.Disk;
import dev.faultline.node.Env;
import dev.faultline.node.Network;
import dev.faultline.node.Timers;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What a node has before it is started. */
final class NoEnv implements Env {
  private static IllegalStateException early() {
    return new IllegalStateException("not started yet");
  }

  @Override
  public String self() {
    throw early();
  }

  @Override
  public int incarnation() {
    throw early();
  }

  @Override
  public Config config() {
    throw early();
  }

  @Override
  public Network network() {
    throw early();
  }

  @Override
  public Clock clock() {
    throw early();
  }

  @Override
  public Timers timers() {
    throw early();
  }

  @Override
  public Disk disk() {
    throw early();
  }

  @Override
  public RandomGenerator random(String site) {
    throw early();
  }

  @Override
  public void event(String name, @Nullable Object... facts) {
    throw early();
  }
}
