package dev.faultline.harness.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One variant under one choice of faults, asked several times.
 *
 * @param sweeps one a seed
 */
public record Cell(Question question, List<Sweep> sweeps) {
  public Cell {
    sweeps = List.copyOf(sweeps);
  }

  /**
   * One search.
   *
   * @param schedules how many it tried
   * @param counted how many of them were neither void nor unknown
   * @param first for each property that was found broken, the first schedule, from 1
   */
  public record Sweep(long seed, long schedules, long counted, Map<String, Long> first) {
    public Sweep {
      first = Map.copyOf(first);
    }
  }

  /**
   * How soon a property was found broken, in schedules.
   *
   * @param found in how many sweeps
   * @param median over the sweeps that found it, the upper one of two
   */
  public record Detection(int found, long median, long worst) {}

  /** By property, sorted; empty for a silent cell. */
  public Map<String, Detection> detections() {
    Set<String> properties = new TreeSet<>();
    sweeps.forEach(s -> properties.addAll(s.first().keySet()));
    Map<String, Detection> detections = new TreeMap<>();
    for (String property : properties) {
      List<Long> times =
          sweeps.stream()
              .map(Sweep::first)
              .filter(f -> f.containsKey(property))
              .map(f -> f.getOrDefault(property, 0L))
              .sorted()
              .toList();
      detections.put(
          property,
          new Detection(times.size(), times.get(times.size() / 2), times.get(times.size() - 1)));
    }
    return detections;
  }

  /** How many schedules were tried in all sweeps. */
  public long schedules() {
    return sweeps.stream().mapToLong(Sweep::schedules).sum();
  }

  /**
   * Whether no schedule counted under a single kind of fault that need not show anything: as of
   * messages out of order where there is never more than one, it meets nothing there.
   */
  public boolean unmet() {
    return mayBeUnmet() && sweeps.stream().allMatch(s -> s.counted() == 0);
  }

  private boolean mayBeUnmet() {
    return question.kinds().size() == 1 && question.required().isEmpty();
  }

  /** What is not as the variant declares it; empty if the cell is right. */
  public List<String> wrong() {
    List<String> wrong = new ArrayList<>();
    if (question.undeclared()) {
      return List.of("a broken variant that declares no breach");
    }
    for (Sweep sweep : sweeps) {
      String seed = " (seed " + sweep.seed() + ")";
      new TreeMap<>(sweep.first())
          .forEach((property, at) -> {
            if (!question.allowed().contains(property)) {
              wrong.add("%s broken by schedule %,d%s".formatted(property, at, seed));
            }
          });
      for (String property : question.required()) {
        if (!sweep.first().containsKey(property)) {
          wrong.add("%s not found in %,d schedules%s".formatted(property, sweep.schedules(), seed));
        }
      }
      if (sweep.counted() == 0 && !mayBeUnmet()) {
        wrong.add("none of %,d schedules counted%s".formatted(sweep.schedules(), seed));
      }
    }
    return List.copyOf(wrong);
  }
}
