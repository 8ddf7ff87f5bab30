package dev.faultline.proxy;

import dev.faultline.json.JsonException;
import dev.faultline.json.JsonView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The proxies of a server by name, and the requests that are about more than one of them. */
final class ProxyCollection {
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, BuiltInProxy> proxies = new TreeMap<>();
  private final Traffic traffic;
  private final long seed;

  ProxyCollection(Traffic traffic, long seed) {
    this.traffic = traffic;
    this.seed = seed;
  }

  Map<String, BuiltInProxy> all() {
    lock.lock();
    try {
      return new TreeMap<>(proxies);
    } finally {
      lock.unlock();
    }
  }

  BuiltInProxy get(String name) {
    BuiltInProxy proxy = all().get(name);
    if (proxy == null) {
      throw new ApiException(404, "proxy not found");
    }
    return proxy;
  }

  /** Makes one; enabled unless the request says otherwise. */
  BuiltInProxy create(JsonView body) {
    Request request = request(body, "");
    lock.lock();
    try {
      if (proxies.containsKey(request.name())) {
        throw new ApiException(409, "proxy already exists");
      }
      return put(request);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Makes or replaces several, as far as it comes; one that is there and does not differ stays as
   * it is. What was done before a problem is in {@code done}.
   */
  void populate(JsonView body, List<BuiltInProxy> done) {
    List<Request> requests = new ArrayList<>();
    try {
      List<JsonView> list = body.list();
      for (int i = 0; i < list.size(); i++) {
        requests.add(request(list.get(i), " at proxy " + (i + 1)));
      }
    } catch (JsonException e) {
      throw ApiException.badBody(String.valueOf(e.getMessage()));
    }
    lock.lock();
    try {
      for (Request request : requests) {
        BuiltInProxy there = proxies.get(request.name());
        if (there != null && !there.differs(request.listen(), request.upstream())) {
          done.add(there);
          continue;
        }
        if (there != null) {
          there.stop();
        }
        done.add(put(request));
      }
    } finally {
      lock.unlock();
    }
  }

  void remove(String name) {
    BuiltInProxy proxy = get(name);
    lock.lock();
    try {
      proxy.stop();
      proxies.remove(name, proxy);
    } finally {
      lock.unlock();
    }
  }

  void reset() {
    all().values().forEach(BuiltInProxy::reset);
  }

  void stop() {
    all().values().forEach(BuiltInProxy::stop);
  }

  private BuiltInProxy put(Request request) {
    BuiltInProxy proxy =
        new BuiltInProxy(request.name(), request.listen(), request.upstream(), seed, traffic);
    if (request.enabled()) {
      proxy.start();
    }
    proxies.put(request.name(), proxy);
    return proxy;
  }

  private static Request request(JsonView body, String which) {
    try {
      @Nullable JsonView enabled = body.find("enabled");
      Request request =
          new Request(
              ToxicJson.text(body, "name", ""),
              ToxicJson.text(body, "listen", ""),
              ToxicJson.text(body, "upstream", ""),
              enabled == null || enabled.bool());
      if (request.name().isEmpty()) {
        throw ApiException.missing("name" + which);
      }
      if (request.upstream().isEmpty()) {
        throw ApiException.missing("upstream" + which);
      }
      return request;
    } catch (JsonException e) {
      throw ApiException.badBody(String.valueOf(e.getMessage()));
    }
  }

  private record Request(String name, String listen, String upstream, boolean enabled) {}
}
