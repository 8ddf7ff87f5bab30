package dev.faultline.targets.grants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.faultline.harness.Trace;
import dev.faultline.harness.run.Experiment;
import dev.faultline.harness.run.ObservedPlan;
import dev.faultline.harness.run.Request;
import dev.faultline.harness.run.Trials;
import dev.faultline.harness.run.Trials.Trial;
import dev.faultline.harness.search.Cause;
import dev.faultline.harness.search.Replay;
import dev.faultline.harness.search.Scripts;
import dev.faultline.harness.search.Shrinker;
import dev.faultline.harness.search.Shrinker.Limits;
import dev.faultline.harness.search.Shrinker.Shrunk;
import dev.faultline.history.Entry;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import dev.faultline.json.Json;
import dev.faultline.json.JsonView;
import dev.faultline.spec.Anchor;
import dev.faultline.spec.Call;
import dev.faultline.spec.Ending;
import dev.faultline.spec.FaultPlan;
import dev.faultline.spec.RunSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A finding becomes small and stays the same finding; its file shows it again. */
final class ShrinkTest {
  /** By replays alone: the same on a slow machine. */
  private static final Limits LIMITS = new Limits(800, Duration.ofHours(1));

  @TempDir private Path dir;

  @Test
  void aFindingBecomesSmallAndItsFileShowsItAgain() throws IOException {
    Trial found = found("grants:no-fencing", List.of("pause", "link.latency"));
    Shrunk shrunk = Shrinker.shrink(Trials.of(found.spec()), found, LIMITS);
    Trial small = shrunk.trial();

    assertThat(Cause.of(small.judgement())).isEqualTo(Cause.of(found.judgement()));
    assertThat(small.spec().plan().faults()).hasSizeLessThanOrEqualTo(1);
    assertThat(small.spec().time()).isLessThan(Duration.ofSeconds(3));
    assertThat(small.spec().script()).hasSizeLessThanOrEqualTo(6);
    assertThat(Shrinker.operations(small)).isBetween(2L, 6L);

    Path file = Replay.write(small, dir);
    Replay read = Replay.fromJson(JsonView.parse("replay", Files.readString(file)));
    assertThat(read).isEqualTo(Replay.of(small));
    Replay.Shown shown = Replay.of(small).show();
    assertThat(shown.again()).isTrue();
    assertThat(shown.same()).isTrue();
    assertThat(shown.changed()).isEmpty();
  }

  @Test
  void aFileThatNoLongerFitsIsNoticed() {
    Trial found = found("grants:no-fencing", List.of("pause"));
    Replay replay = Replay.of(found);
    Map<String, String> before = Map.of("target", "of old", "faultline", "of old");

    Replay.Shown shown = new Replay(found.spec(), replay.cause(), 1, before).show();
    assertThat(shown.again()).isTrue();
    assertThat(shown.same()).isFalse();
    assertThat(shown.changed()).hasSize(2);

    Cause other = new Cause("lease.token-order", "repeated");
    assertThat(new Replay(found.spec(), other, replay.hash(), before).show().again()).isFalse();
  }

  @Test
  void aScriptIsFollowedAndSurvivesTheFile() {
    Trial found = found("grants:no-fencing", List.of("pause"));
    List<Call> calls =
        List.of(
            new Call(Duration.ofMillis(1_500), "c1", "acquire", null, null),
            new Call(Duration.ofMillis(200), "c2", "acquire", null, null),
            new Call(Duration.ofMillis(0), "c1", "write", null, "late"),
            new Call(null, "c7", "read", null, null));
    Trial scripted = Trials.of(found.spec()).run(found.spec().scripted(calls).ending(Ending.NONE));

    assertThat(scripted.history().operations())
        .extracting(Operation::client, Operation::f)
        .containsExactly(
            tuple("c2", "acquire"),
            tuple("c1", "acquire"),
            tuple("c1", "write"),
            tuple("c7", "read"));
    assertThat(RunSpec.fromJson(JsonView.parse("run.json", Json.pretty(scripted.spec().toJson()))))
        .isEqualTo(scripted.spec());
    assertThatThrownBy(() ->
            Trials.of(found.spec())
                .run(found.spec().scripted(List.of(new Call(null, "c9", "read", null, null)))))
        .hasMessage("run.json: script[0]: no client 'c9'; known: c1, c2, c3, c4, c5, c6, c7");
  }

  @Test
  void whatWasCarriedOutShowsTheSameWithoutAnchorsAndWithoutTheWorkload() {
    Trial found = found("grants:no-fencing", List.of("pause"));
    FaultPlan observed = ObservedPlan.of(found.spec().plan(), found.history());
    RunSpec again =
        found
            .spec()
            .with(found.spec().seed(), observed, found.spec().time())
            .scripted(Scripts.of(found.history()));

    assertThat(observed.faults())
        .allSatisfy(f -> assertThat(f.from()).isInstanceOf(Anchor.At.class));
    assertThat(Cause.of(Trials.of(again).run(again).judgement()))
        .isEqualTo(Cause.of(found.judgement()));
  }

  @Test
  void whoListensHearsEveryLineOfTheHistoryAndChangesNone() {
    Trial found = found("grants:no-fencing", List.of("pause"));
    List<Entry> heard = new ArrayList<>();
    Trace listener =
        new Trace() {
          @Override
          public void recorded(long at, Entry entry) {
            heard.add(entry);
          }
        };

    assertThat(Trials.of(found.spec()).run(found.spec(), listener).hash()).isEqualTo(found.hash());
    assertThat(History.of(heard).entries()).isEqualTo(found.history().entries());
  }

  private static Trial found(String target, List<String> kinds) {
    for (long seed = 1; seed <= 5; seed++) {
      Request request =
          new Request(
              target,
              null,
              "sim",
              kinds,
              null,
              List.of(),
              Map.of(),
              Duration.ofSeconds(8),
              seed,
              0,
              0,
              0);
      Trials trials = Trials.of(Experiment.plan(request));
      Trial trial = trials.run(trials.base());
      if (Cause.of(trial.judgement()) != null) {
        return trial;
      }
    }
    throw new AssertionError(target + " was not found within five seeds");
  }
}
