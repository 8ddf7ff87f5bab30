package dev.faultline.dist;

import dev.faultline.harness.Cluster;
import dev.faultline.harness.Deployment;
import dev.faultline.harness.LinkState;
import dev.faultline.harness.Scheduler;
import dev.faultline.harness.Trace;
import dev.faultline.harness.VirtualTime;
import dev.faultline.sim.SimEnvironment;
import dev.faultline.spec.Trouble;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Simulation whose injector, or whose healer, says that it did and does nothing. */
final class Inert implements VirtualTime {
  /** What is left undone. */
  enum Part {
    /** Nothing is ever injected. */
    INJECTOR,
    /** What was injected stays. */
    HEALER
  }

  private final VirtualTime real = new SimEnvironment();
  private final Part part;

  Inert(Part part) {
    this.part = part;
  }

  @Override
  public String id() {
    return real.id();
  }

  @Override
  public String summary() {
    return real.summary();
  }

  @Override
  public @Nullable String unavailable() {
    return null;
  }

  @Override
  public Set<String> capabilities(Deployment deployment) {
    return real.capabilities(deployment);
  }

  @Override
  public World world(long seed, @Nullable Trace trace) {
    World world = real.world(seed, trace);
    return new World() {
      @Override
      public Scheduler scheduler() {
        return world.scheduler();
      }

      @Override
      public Cluster cluster(Request request) {
        return of(world.cluster(request), part);
      }

      @Override
      public void reseed(long salt) {
        world.reseed(salt);
      }

      @Override
      public boolean run(CompletableFuture<?> until, Duration bound) {
        return world.run(until, bound);
      }
    };
  }

  /** A cluster of any environment, but for that part. */
  static Cluster of(Cluster cluster, Part part) {
    return (Cluster)
        Proxy.newProxyInstance(
            Inert.class.getClassLoader(),
            new Class<?>[] {Cluster.class},
            (self, method, args) -> call(cluster, part, method, args));
  }

  @SuppressWarnings("FutureReturnValueIgnored") // handed on to the caller by the proxy
  private static @Nullable Object call(
      Cluster cluster, Part part, Method method, Object @Nullable [] args) throws Throwable {
    Object first = args == null || args.length == 0 ? "" : args[0];
    Object last = args == null || args.length == 0 ? "" : args[args.length - 1];
    boolean injects =
        switch (method.getName()) {
          case "kill", "pause", "stop" -> true;
          case "setLinks" ->
              first instanceof Map<?, ?> states
                  && states.values().stream().anyMatch(s -> !s.equals(LinkState.CLEAR));
          case "setClock" -> !last.equals(Cluster.ClockState.TRUE);
          case "setDisk" -> !last.equals(Trouble.NONE);
          default -> false;
        };
    boolean heals =
        !injects
            && switch (method.getName()) {
              case "restart", "resume", "setLinks", "setClock", "setDisk" -> true;
              default -> false;
            };
    if (part == Part.INJECTOR ? injects || heals : heals) {
      boolean set = method.getName().startsWith("set");
      return CompletableFuture.completedFuture(set ? null : Map.of());
    }
    try {
      return method.invoke(cluster, args);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
