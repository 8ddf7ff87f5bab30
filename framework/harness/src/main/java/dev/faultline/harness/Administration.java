package dev.faultline.harness;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a system itself offers to be done to its cluster, such as taking a node out. Each action has
 * a beginning and an end, both of which bring the system's own word that it happened, and throw
 * otherwise. Called on threads of their own; bounded by half a minute.
 */
public interface Administration {
  /** The actions, each a fault of the kind {@code admin.ACTION}. */
  Set<String> actions();

  /**
   * Does it.
   *
   * @return proof, from the system: what it says before and after
   */
  Map<String, @Nullable Object> begin(String action, String node, Access access) throws Exception;

  /** Takes it back, or sees that it stays as it is. */
  Map<String, @Nullable Object> end(String action, String node, Access access) throws Exception;

  /** The nodes, past every link that a fault may touch. */
  interface Access {
    /** All nodes, in order. */
    Set<String> nodes();

    /** Where a node serves its clients. */
    InetSocketAddress client(String node);

    /**
     * Runs a program in a node's container.
     *
     * @throws EnvironmentException if it fails
     */
    void execute(String node, String... command);

    /** Ends a node's process; that is nobody's crash. */
    void kill(String node);

    /** Starts it again. */
    void restart(String node);
  }
}
