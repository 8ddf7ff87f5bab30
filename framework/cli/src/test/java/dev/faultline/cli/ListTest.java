package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.json.Json;
import dev.faultline.json.JsonView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListTest {
  @AfterEach
  void sweep() {
    Toys.Crumbs.LEFT.clear();
  }

  @Test
  void aTargetIsOneLine() {
    Shell.Answer answer = Shell.faultline("list", "targets");
    assertThat(answer.exit()).isZero();
    assertThat(answer.out().lines())
        .anySatisfy(line ->
            assertThat(line.split(" {2,}"))
                .containsExactly("toy", "pattern", "Counter", "1", "count", "bench"));
  }

  @Test
  void aTargetByNameShowsVariantsClaimsAndOptions() {
    Shell.Answer answer = Shell.faultline("list", "toy");
    assertThat(answer.out())
        .contains(
            "forgetful", "forgets", "toy.no-zero", "pause", "its page", "size", "small|large");
  }

  @ParameterizedTest
  @ValueSource(strings = {"targets", "workloads", "profiles", "environments", "properties"})
  void everySectionIsAlsoJson(String section) {
    Shell.Answer answer = Shell.faultline("list", section, "--json");
    JsonView all = JsonView.of("list", Json.read(answer.out()));
    assertThat(all.map().keySet()).containsExactly(section);
    assertThat(all.get(section).list()).isNotEmpty().allSatisfy(v -> v.get("summary").string());
    assertThat(Shell.faultline("list", section).out().lines().count())
        .isGreaterThan(all.get(section).list().size());
  }

  @Test
  void faultsComeWithTheProfilesThatChooseAmongThem() {
    JsonView all =
        JsonView.of("list", Json.read(Shell.faultline("list", "faults", "--json").out()));
    assertThat(all.map().keySet()).containsExactly("faults", "profiles");
    assertThat(all.get("faults").list()).isNotEmpty().allSatisfy(v -> v.get("summary").string());
  }

  @Test
  void everythingAtOnceIsJsonToo() {
    JsonView all = JsonView.of("list", Json.read(Shell.faultline("list", "--json").out()));
    assertThat(all.map()).hasSize(6);
    assertThat(Json.readObject(Shell.faultline("list", "toy", "--json").out()))
        .containsEntry("id", "toy");
  }

  @Test
  void theDoctorSaysWhatIsLeftAndCleansIt() {
    Toys.Crumbs.LEFT.add("process 4711 of run r1");
    Shell.Answer sick = Shell.faultline("doctor");
    assertThat(sick.exit()).isZero();
    assertThat(sick.out()).contains("process 4711 of run r1", "faultline doctor --clean", "bench");
    assertThat(Shell.faultline("doctor", "--clean").out()).contains("removed  process 4711");
    JsonView healthy = JsonView.of("doctor", Json.read(Shell.faultline("doctor", "--json").out()));
    assertThat(healthy.get("usable").bool()).isTrue();
    assertThat(healthy.get("parts").list())
        .anySatisfy(p -> {
          assertThat(p.get("part").string()).isEqualTo("of earlier runs");
          assertThat(p.get("works").bool()).isTrue();
        });
  }
}
