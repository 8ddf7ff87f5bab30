package dev.faultline.node;

import java.util.List;
import java.util.Map;

/**
 * What a node is told at its start.
 *
 * @param role its role, such as {@code server}
 * @param members all nodes with their roles, itself included, in a fixed order
 * @param options the target's options, defaults included
 */
public record Config(String role, Map<String, String> members, Map<String, String> options) {
  /** The nodes with this role, in a fixed order. */
  public List<String> withRole(String wanted) {
    return members.entrySet().stream()
        .filter(e -> e.getValue().equals(wanted))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** An option that the target declares, so that it is always there. */
  public String option(String name) {
    String value = options.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no option '" + name + "' among " + options.keySet());
    }
    return value;
  }
}
