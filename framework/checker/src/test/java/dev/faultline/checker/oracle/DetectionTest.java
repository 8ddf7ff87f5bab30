package dev.faultline.checker.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Checkers of operations see mistakes of objects, and are silent where there is none. */
final class DetectionTest {
  @Test
  void mistakesAreSeen() {
    List<Detection.Found> all = new Detection(1, 6).run();
    Set<String> seen = new TreeSet<>();
    Set<String> judged = new TreeSet<>();
    for (Detection.Found found : all) {
      assertThat(found.alarms())
          .as("%s of a correct %s", found.property(), found.object())
          .isZero();
      judged.add(found.property());
      if (found.shares().values().stream().anyMatch(share -> share.found() > 0)) {
        seen.add(found.property());
      }
    }
    assertThat(seen).isEqualTo(judged).contains("linearizable", "queue.fifo", "watch.no-gap");
  }

  @Test
  void theSameSeedRecordsTheSame() {
    for (Scene scene : Scene.all()) {
      for (Slip slip : Slip.values()) {
        List<Row> one = Recording.of(scene, 5, slip);
        List<Row> two = Recording.of(scene, 5, slip);
        assertThat(one == null ? "" : Row.told(one)).isEqualTo(two == null ? "" : Row.told(two));
      }
    }
  }
}
