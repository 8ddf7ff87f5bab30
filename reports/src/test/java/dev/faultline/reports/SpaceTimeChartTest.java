package dev.faultline.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.explain.Diagram;
import dev.faultline.harness.explain.Diagram.Arrow;
import dev.faultline.harness.explain.Diagram.Band;
import dev.faultline.harness.explain.Diagram.Mark;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The space-time diagram as SVG. */
final class SpaceTimeChartTest {
  private final Diagram diagram =
      new Diagram(
          List.of("c1", "n1", "n2"),
          List.of(
              new Arrow("c1", "n1", "read", 10, 20, false, 1, true),
              new Arrow("n1", "n2", "query", 20, 30, true, 7, false)),
          List.of(new Mark("c1", 10, "read <x>", true)),
          List.of(new Band("f1 partition n1 | n2", List.of("n1", "n2"), 5, 15)),
          0,
          40,
          Map.of());

  private static int count(String text, String part) {
    return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
  }

  @Test
  void aLostMessageEndsInACrossAndAnotherInAHead() {
    String svg = SpaceTimeChart.svg(diagram);
    assertThat(count(svg, "class=\"head\"")).isEqualTo(1);
    assertThat(count(svg, "message lost")).isEqualTo(1);
    assertThat(svg).contains("query ×7").contains("lost 0.000").contains("read &lt;x&gt;");
  }

  @Test
  void aFaultIsABandOnEachLineThatItHits() {
    assertThat(count(SpaceTimeChart.svg(diagram), "class=\"band\"")).isEqualTo(2);
    assertThat(count(SpaceTimeChart.svg(diagram), "fault-name")).isEqualTo(1);
  }
}
