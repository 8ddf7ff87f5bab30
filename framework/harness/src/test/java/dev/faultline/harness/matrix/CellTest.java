package dev.faultline.harness.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A cell in which nothing counted says nothing, and only one kind of fault is excused for it. */
final class CellTest {
  private static Cell cell(List<String> kinds, Set<String> required, long... counted) {
    Question question =
        new Question("toy", "correct", null, "x", kinds, 0, required, Set.of(), false);
    List<Cell.Sweep> sweeps =
        java.util.Arrays.stream(counted).mapToObj(c -> new Cell.Sweep(1, 40, c, Map.of())).toList();
    return new Cell(question, sweeps);
  }

  @Test
  void aKindThatMeetsNothingIsToldApart() {
    Cell unmet = cell(List.of("link.reorder"), Set.of(), 0, 0);
    assertThat(unmet.unmet()).isTrue();
    assertThat(unmet.wrong()).isEmpty();
    Cell seldom = cell(List.of("link.reorder"), Set.of(), 0, 3);
    assertThat(seldom.unmet()).isFalse();
    assertThat(seldom.wrong()).isEmpty();
  }

  @Test
  void noFaultsAllFaultsAndWhatMustShowHaveToCount() {
    for (Cell cell :
        List.of(
            cell(List.of(), Set.of(), 0),
            cell(List.of("kill", "pause"), Set.of(), 0),
            cell(List.of("kill"), Set.of("linearizable"), 0))) {
      assertThat(cell.unmet()).isFalse();
      assertThat(cell.wrong()).contains("none of 40 schedules counted (seed 1)");
    }
  }
}
