package dev.faultline.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.explain.Diagram;
import dev.faultline.harness.explain.Diagram.Arrow;
import dev.faultline.harness.explain.Diagram.Band;
import dev.faultline.harness.explain.Diagram.Mark;
import dev.faultline.harness.explain.Inevitability;
import dev.faultline.harness.explain.Inevitability.Point;
import dev.faultline.harness.explain.Inevitability.Turn;
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

  @Test
  void noLabelCoversAnother() {
    Places places = new Places();
    assertThat(places.take(10, 50, "one label")).isTrue();
    assertThat(places.take(40, 55, "another")).isFalse();
    assertThat(places.take(40, 70, "another")).isTrue();
    assertThat(places.take(90, 50, "a third")).isTrue();
  }

  @Test
  void theProspectsHaveAPointAMomentAndNameWhatDecided() {
    Inevitability scan =
        new Inevitability(
            List.of(new Point(0, 0, 10), new Point(20, 1, 50), new Point(30, 50, 50)),
            new Turn(20, List.of("f1 pause <h1> begins", "h1 is paused"), 1, 50, 50),
            null,
            110,
            true);
    String svg = ProspectsChart.svg(scan, diagram.bands());
    assertThat(count(svg, "<circle")).isEqualTo(3);
    assertThat(count(svg, "mark bad")).isEqualTo(1);
    assertThat(svg).contains("0.000 f1 pause &lt;h1&gt; begins", "0.000 s: 50 of 50 futures fail");
  }
}
