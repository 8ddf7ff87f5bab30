package dev.faultline.harness;

import dev.faultline.node.Message;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How operations of one client interface become requests of one target. One call is one request: an
 * operation that is tried again is another operation, made by a generator, so that it is in the
 * history; retries of a library are switched off. The harness sets every call's deadline.
 */
public sealed interface Client {
  /**
   * The reasons for which a function certainly took no effect: what the reason of a {@link
   * Result.Fail} may begin with; by default there is none. A failure for any other reason is taken
   * for unknown, and told as the event {@code undeclared} of the client.
   */
  default Set<String> definite(String f) {
    return Set.of();
  }

  /**
   * A pure translation, driven by the harness in every environment: for all targets on the node
   * kit.
   */
  non-sealed interface Codec extends Client {
    /** The request; the harness adds {@code msg_id}. */
    Message request(Invocation op);

    /** What an answer means. An answer that is not understood is {@link Result.Info}. */
    Result reply(Invocation op, Message reply);
  }

  /** A real system's library, called on a virtual thread, or in a client host. */
  non-sealed interface Blocking extends Client {
    /** Whether its clients run in hosts of their own, so that they can be paused or misled. */
    boolean hosted();

    /**
     * Jars that its hosts have before everything else on their class path, as resources beside this
     * class: so that versions of a library can be had by option, and disturb nobody else. Needs
     * {@link #hosted} and containers.
     */
    default List<String> libraries() {
      return List.of();
    }

    /** A fresh connection; called again after each unknown outcome. Must not touch the data. */
    Session open(Context context) throws Exception;

    /** Clients inside the harness, which never fail; see {@link #failing}. */
    static Blocking inHarness(Opener opener) {
      return of(false, List.of(), Map.of(), opener);
    }

    /** Clients in hosts of their own, which never fail. */
    static Blocking inHosts(Opener opener) {
      return of(true, List.of(), Map.of(), opener);
    }

    /** Clients in hosts of their own with {@link #libraries}, at absolute names. */
    static Blocking inHosts(List<String> libraries, Opener opener) {
      return of(true, libraries, Map.of(), opener);
    }

    /**
     * The same, failing for these reasons only.
     *
     * @param reasons by function, as {@link #definite} has them; one that is not named never fails
     */
    default Blocking failing(Map<String, Set<String>> reasons) {
      return of(hosted(), libraries(), Map.copyOf(reasons), this::open);
    }

    private static Blocking of(
        boolean hosted, List<String> libraries, Map<String, Set<String>> reasons, Opener opener) {
      return new Blocking() {
        @Override
        public Set<String> definite(String f) {
          return reasons.getOrDefault(f, Set.of());
        }

        @Override
        public boolean hosted() {
          return hosted;
        }

        @Override
        public List<String> libraries() {
          return libraries;
        }

        @Override
        public Session open(Context context) throws Exception {
          return opener.open(context);
        }
      };
    }
  }

  /** Opens connections, as {@link Blocking#open} does; mostly a constructor. */
  interface Opener {
    Session open(Context context) throws Exception;
  }

  /** One connection of a blocking client, for one thread. */
  interface Session extends AutoCloseable {
    /**
     * Carries an operation out. An exception, and being interrupted at the deadline, make the
     * outcome unknown; {@link Result.Fail} and {@link UndoneException} are explicit acts.
     */
    Result invoke(Invocation op) throws Exception;
  }

  /**
   * Thrown by a session when nothing of an operation was done, as where no connection came about:
   * the operation has failed for the reason that the message is, if {@link #definite} declares it.
   */
  class UndoneException extends IOException {
    private static final long serialVersionUID = 1L;

    public UndoneException(String reason) {
      super(reason);
    }
  }

  /**
   * What a blocking client is given.
   *
   * @param client its name, such as {@code c1}
   * @param node the node that it is pinned to
   * @param endpoints where to reach each node, through this client's own links
   * @param options the target's options
   * @param events takes node events that the client reports about itself, such as {@code granted}
   */
  record Context(
      String client,
      String node,
      Map<String, InetSocketAddress> endpoints,
      Map<String, String> options,
      Events events) {
    /** Where to reach the node that it is pinned to. */
    public InetSocketAddress server() {
      InetSocketAddress server = endpoints.get(node);
      if (server == null) {
        throw new IllegalArgumentException(
            client + ": no way to " + node + " among " + endpoints.keySet());
      }
      return server;
    }
  }

  /** Takes events. */
  interface Events {
    void event(String name, Map<String, @Nullable Object> facts);
  }

  /**
   * An operation to carry out.
   *
   * @param client the harness's client
   * @param node the node that the client is pinned to
   */
  record Invocation(
      String client, String node, String f, @Nullable Object key, @Nullable Object value) {}

  /** What became of an operation. */
  sealed interface Result {
    /** It took effect. */
    record Ok(@Nullable Object value) implements Result {}

    /** It certainly did not take effect. */
    record Fail(String reason) implements Result {}

    /** Unknown. */
    record Info(String reason) implements Result {}
  }
}
