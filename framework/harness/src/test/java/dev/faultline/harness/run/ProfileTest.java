package dev.faultline.harness.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.spec.FaultKinds;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ProfileTest {
  @ParameterizedTest
  @EnumSource
  void eachIsNamedAndHasKinds(Profile profile) {
    assertThat(Profile.named(profile.id())).isTrue();
    assertThat(Profile.of(profile.id())).isEqualTo(profile);
    assertThat(FaultKinds.all()).containsAll(profile.kinds());
    assertThat(profile.kinds()).isNotEmpty().doesNotContain("kill.wipe");
    assertThat(FaultKinds.all()).doesNotContain(profile.id());
  }

  @Test
  void aSeedChoosesSomeOfTheKindsAndAllComeInTime() {
    List<String> kinds = Profile.BRUTAL.kinds();
    Set<String> seen = new TreeSet<>();
    for (long seed = 1; seed <= 20; seed++) {
      List<String> some = Profile.swarm(kinds, seed);
      assertThat(some).isNotEmpty().hasSizeLessThan(kinds.size()).isSubsetOf(kinds);
      assertThat(Profile.swarm(kinds, seed)).isEqualTo(some);
      seen.addAll(some);
    }
    assertThat(seen).containsExactlyElementsOf(kinds);
    assertThat(Profile.swarm(List.of("kill"), 1)).containsExactly("kill");
  }
}
