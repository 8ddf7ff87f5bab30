package dev.faultline.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.LinkState;
import dev.faultline.node.KeyedRandom;
import dev.faultline.proxy.WirePlan.Known;
import dev.faultline.proxy.WirePlan.Step;
import dev.faultline.spec.Fault.Effect;
import dev.faultline.spec.Fault.Mode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests a change of states becomes, and in what order. */
final class WirePlanTest {
  private static final LinkState CLEAR = LinkState.CLEAR;
  private static final LinkState DROP = cut(Mode.DROP);
  private static final LinkState REFUSE = cut(Mode.REFUSE);
  private static final LinkState HOLD = cut(Mode.HOLD);
  private static final LinkState LATE =
      new LinkState(null, Effect.latency(Duration.ofNanos(1_200_000)));
  private static final List<LinkState> STATES =
      List.of(
          CLEAR,
          DROP,
          REFUSE,
          HOLD,
          LATE,
          LATE.and(DROP),
          LATE.and(HOLD),
          effect(new Effect(Duration.ZERO, Duration.ofMillis(3), 7, false, false, Duration.ZERO)),
          effect(Effect.bytes(2_000, 10, 5)),
          effect(Effect.messages(20, 10, Duration.ofMillis(30))),
          effect(new Effect(Duration.ZERO, Duration.ZERO, 0, true, true, Duration.ofMillis(9))));

  @Test
  void nothingChangesNothing() {
    assertThat(WirePlan.steps(Known.FRESH, CLEAR, CLEAR)).isEmpty();
  }

  @Test
  void theRealServersJitterIsASecondLatencyThatIsNeverTakenAway() {
    LinkState state =
        effect(
            new Effect(
                Duration.ofMillis(50), Duration.ofMillis(20), 0, false, false, Duration.ZERO));
    WirePlan.Jitter drawn = new WirePlan.Jitter(false, 13, 0);
    Known known = Known.FRESH;
    for (Step step : WirePlan.steps(known, state, CLEAR, drawn)) {
      known = known.after(step);
    }
    assertThat(latency(known)).isEqualTo(30);
    assertThat(known.toxics().get("jitter_upstream"))
        .extracting(ToxicSpec::attributes)
        .isEqualTo(Map.of("latency", 13L, "jitter", 0L));
    List<Step> healed = WirePlan.steps(known, CLEAR, CLEAR, new WirePlan.Jitter(false, 0, 0));
    assertThat(healed).hasSize(2).allMatch(step -> step instanceof WirePlan.Update);
  }

  @Test
  void refusingIsOneRequestAndSoIsItsHeal() {
    assertThat(text(Known.FRESH, REFUSE, REFUSE)).containsExactly("disable");
    assertThat(text(new Known(false, Map.of()), CLEAR, CLEAR)).containsExactly("enable");
  }

  @Test
  void refuseWithAnyOtherCutRefuses() {
    assertThat(text(Known.FRESH, REFUSE, DROP)).containsExactly("disable");
    assertThat(text(Known.FRESH, HOLD, REFUSE)).containsExactly("disable");
  }

  @Test
  void refuseInOneDirectionAloneDrops() {
    assertThat(text(Known.FRESH, REFUSE, CLEAR)).containsExactly("add timeout_upstream");
    assertThat(text(Known.FRESH, LATE, REFUSE))
        .containsExactly("add latency_upstream", "add timeout_downstream");
  }

  @Test
  void aProxyIsEnabledOnlyAfterItsOtherCutsAreInPlace() {
    assertThat(text(new Known(false, Map.of()), DROP, HOLD))
        .containsExactly("add timeout_upstream", "add latency_downstream", "enable");
  }

  @Test
  void healingAHoldLowersTheLatencyAndRemovesNothing() {
    Known held = after(Known.FRESH, HOLD, CLEAR);
    assertThat(text(held, CLEAR, CLEAR)).containsExactly("update latency_upstream");
    assertThat(latency(after(held, CLEAR, CLEAR))).isZero();
    assertThat(latency(after(held, LATE, CLEAR))).isEqualTo(2);
  }

  @Test
  void aHeldStreamIsLeftAloneWhileOtherFaultsCome() {
    Known held = after(Known.FRESH, HOLD, CLEAR);
    assertThat(text(held, HOLD.and(LATE), DROP)).containsExactly("add timeout_downstream");
  }

  @Test
  void fromHoldToDropThroughAMomentOfRefusal() {
    Known held = after(Known.FRESH, HOLD, CLEAR);
    assertThat(text(held, DROP, CLEAR))
        .containsExactly("disable", "add timeout_upstream", "update latency_upstream", "enable");
  }

  @Test
  void fromDropToHoldTheNewCutComesBeforeTheOldOneGoes() {
    Known dropped = after(Known.FRESH, CLEAR, DROP);
    assertThat(text(dropped, CLEAR, HOLD))
        .containsExactly("add latency_downstream", "remove timeout_downstream");
  }

  /** From anywhere to anywhere, the end depends on the end alone, and asking again is nothing. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void anyWalkEndsWhereItShould(long seed) {
    KeyedRandom random = KeyedRandom.of(seed, "walk");
    Known known = Known.FRESH;
    for (int i = 0; i < 200; i++) {
      LinkState up = STATES.get(random.nextInt(STATES.size()));
      LinkState down = STATES.get(random.nextInt(STATES.size()));
      known = after(known, up, down);
      String place = "seed " + seed + ", step " + i + ", " + up + " " + down;
      boolean refused =
          up.cut() != null && down.cut() != null && (up.equals(REFUSE) || down.equals(REFUSE));
      assertThat(known.enabled()).as(place).isEqualTo(!refused);
      assertThat(WirePlan.steps(known, up, down)).as(place).isEmpty();
      if (!refused) {
        assertStream(known, Stream.UPSTREAM, up, place);
        assertStream(known, Stream.DOWNSTREAM, down, place);
      }
    }
  }

  private static void assertStream(Known known, Stream stream, LinkState state, String place) {
    boolean drops = state.effect().hang() || state.cut() == Mode.DROP || state.cut() == Mode.REFUSE;
    boolean holds = !drops && state.cut() == Mode.HOLD;
    Map<String, ToxicSpec> toxics = known.toxics();
    assertThat(toxics.containsKey("timeout_" + stream.text())).as(place).isEqualTo(drops);
    ToxicSpec latency = toxics.get("latency_" + stream.text());
    long millis = latency == null ? 0 : Toxics.attribute(latency, "latency");
    assertThat(millis)
        .as(place)
        .isEqualTo(holds ? WirePlan.HOLD_MILLIS : state.effect().latency().isZero() ? 0 : 2);
    if (!holds) {
      assertThat(toxics.containsKey("bandwidth_" + stream.text()))
          .as(place)
          .isEqualTo(state.effect().bandwidthKBps() > 0);
      assertThat(toxics.containsKey("reset_peer_" + stream.text()))
          .as(place)
          .isEqualTo(state.effect().reset());
      assertThat(toxics.containsKey("slow_close_" + stream.text()))
          .as(place)
          .isEqualTo(!state.effect().slowClose().isZero());
    }
  }

  private static LinkState cut(Mode mode) {
    return new LinkState(mode, Effect.NONE);
  }

  private static LinkState effect(Effect effect) {
    return new LinkState(null, effect);
  }

  private static long latency(Known known) {
    ToxicSpec latency = known.toxics().get("latency_upstream");
    return latency == null ? -1 : Toxics.attribute(latency, "latency");
  }

  private static Known after(Known known, LinkState up, LinkState down) {
    Known next = known;
    for (Step step : WirePlan.steps(known, up, down)) {
      next = next.after(step);
    }
    return next;
  }

  private static List<String> text(Known from, LinkState up, LinkState down) {
    return WirePlan.steps(from, up, down).stream()
        .map(step ->
            switch (step) {
              case WirePlan.Enable e -> "enable";
              case WirePlan.Disable d -> "disable";
              case WirePlan.Add(ToxicSpec toxic) -> "add " + toxic.name();
              case WirePlan.Update(ToxicSpec toxic) -> "update " + toxic.name();
              case WirePlan.Remove(String toxic) -> "remove " + toxic;
            })
        .toList();
  }
}
