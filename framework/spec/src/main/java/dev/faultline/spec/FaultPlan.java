package dev.faultline.spec;

import dev.faultline.json.JsonView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The faults of a run. Deleting one leaves a plan: they are intervals, never pairs. */
public record FaultPlan(List<Fault> faults) {
  /** No faults. */
  public static final FaultPlan NONE = new FaultPlan(List.of());

  public FaultPlan {
    faults = List.copyOf(faults);
    Set<String> ids = new HashSet<>();
    for (Fault fault : faults) {
      if (!ids.add(fault.id())) {
        throw new IllegalArgumentException("two faults are called '" + fault.id() + "'");
      }
    }
  }

  /** The kinds that occur, sorted. */
  public Set<String> kinds() {
    Set<String> kinds = new TreeSet<>();
    faults.forEach(f -> kinds.addAll(f.kinds()));
    return kinds;
  }

  /** The JSON form, {@code {"faults":[…]}}. */
  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("faults", faults.stream().map(FaultJson::write).toList());
    return map;
  }

  /**
   * Reads the JSON form; what a run adds to it (in {@code faults.json}) is passed over. What stands
   * for several faults, such as a {@code sequence}, is replaced by them.
   *
   * @throws dev.faultline.json.JsonException naming the place, the value and what is known
   */
  public static FaultPlan fromJson(JsonView view) {
    List<Fault> faults = new ArrayList<>();
    List<JsonView> elements = view.get("faults").list();
    for (int i = 0; i < elements.size(); i++) {
      faults.addAll(Composition.read(elements.get(i), "f" + (i + 1)));
    }
    try {
      return new FaultPlan(faults);
    } catch (IllegalArgumentException e) {
      throw view.error(String.valueOf(e.getMessage()));
    }
  }
}
