package dev.faultline.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which addresses are chosen. */
class SubnetTest {
  @Test
  void addressesOfOneNetwork() {
    Subnet subnet = new Subnet(Subnet.Range.parse("10.213.4.32/28").first());
    assertThat(subnet.cidr()).isEqualTo("10.213.4.32/28");
    assertThat(subnet.gateway()).isEqualTo("10.213.4.33");
    assertThat(subnet.proxy()).isEqualTo("10.213.4.34");
    assertThat(subnet.resident()).isEqualTo("10.213.4.35");
  }

  @Test
  void whatTheEngineHasIsNotChosen() {
    List<Subnet> free = FreeSubnets.choose(3, List.of("10.213.0.0/24", "fd00::/8"), 0);
    assertThat(free).extracting(Subnet::cidr).doesNotHaveDuplicates();
    assertThat(free)
        .allMatch(
            s -> !Subnet.Range.parse("10.213.0.0/24").overlaps(s), "outside of 10.213.0.0/24");
  }

  @Test
  void aSaltLeadsElsewhere() {
    assertThat(FreeSubnets.choose(2, List.of(), 100))
        .doesNotContainAnyElementsOf(FreeSubnets.choose(2, List.of(), 0));
  }
}
