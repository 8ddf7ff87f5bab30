package dev.faultline.checker.rules;

import static dev.faultline.checker.Judge.invalid;
import static dev.faultline.checker.Judge.valid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Checkers;
import dev.faultline.checker.Verdict;
import dev.faultline.checker.Witness;
import dev.faultline.history.Entry;
import dev.faultline.history.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code lease.belief-exclusive} and {@code leader.no-overlapping-belief}. */
final class BeliefTest {
  private static final String LEASE = "lease.belief-exclusive";
  private static final String LEADER = "leader.no-overlapping-belief";

  @Test
  void twoHoldersBelieveAtOnce() {
    Witness witness =
        invalid(
            LEASE,
            "two-believe",
            """
            1000 p0@h1 invoke acquire
            1010 p0@h1 ok     acquire {"token":41,"ttl":1000000000}
            2020 p1@h2 invoke acquire
            2030 p1@h2 ok     acquire {"token":42,"ttl":1000000000}
            2040 p0@h1 invoke held?
            2050 p1@h2 invoke held?
            2060 p0@h1 ok     held? {"held":true,"token":41}    # expired, and it does not know
            2070 p1@h2 ok     held? {"held":true,"token":42}
            """);
    assertThat(witness.sentence()).contains("h1 and h2 both believed at 2.030");
    assertThat(witness.steps()).hasSize(4);
  }

  @Test
  void beliefEndsAtTheInvocationOfTheLastCheck() {
    valid(
        LEASE,
        2,
        """
        p0@h1 invoke acquire
        p0@h1 ok     acquire {"token":41,"ttl":1000}
        p0@h1 invoke held?
        p1@h2 invoke acquire
        p1@h2 ok     acquire {"token":42,"ttl":1000}
        p0@h1 ok     held? {"held":true,"token":41}     # answered before 42 was granted, slow to arrive
        p1@h2 invoke held?
        p1@h2 ok     held? {"held":true,"token":42}
        """);
  }

  @Test
  void anAcknowledgedWriteIsNoSelfCheck() {
    valid(
        LEASE,
        1,
        """
        p0@h1 invoke acquire
        p0@h1 ok     acquire {"token":41,"ttl":1000}
        p1@h2 invoke acquire
        p1@h2 ok     acquire {"token":42,"ttl":1000}
        p0@h1 invoke write "h1-1"                        # checked, worked, appended: may outlive the lease
        p0@h1 ok     write {"token":41,"position":0}
        p1@h2 invoke held?
        p1@h2 ok     held? {"held":true,"token":42}
        """);
  }

  @Test
  void aRenewalIsNoSelfCheck() {
    valid(
        LEASE,
        0,
        """
        p0@h1 invoke acquire
        p0@h1 info   acquire !timeout
        p2@h1 invoke renew
        p2@h1 ok     renew {"token":41,"ttl":1000}
        p2@h1 invoke held?
        p2@h1 ok     held? {"held":true,"token":41}      # the first proof of belief, and the last
        """);
  }

  @Test
  void aReleaseEndsTheBelief() {
    valid(
        LEASE,
        1,
        """
        p0@h1 invoke acquire
        p0@h1 ok     acquire {"token":41,"ttl":1000}
        p0@h1 invoke release
        p0@h1 info   release !timeout
        p1@h2 invoke acquire
        p1@h2 ok     acquire {"token":42,"ttl":1000}
        p1@h2 invoke held?
        p1@h2 ok     held? {"held":true,"token":42}
        p2@h1 invoke held?
        p2@h1 ok     held? {"held":true,"token":41}
        """);
  }

  @Test
  void aNoEndsTheBelief() {
    valid(
        LEASE,
        1,
        """
        p0@h1 invoke acquire
        p0@h1 ok     acquire {"token":41,"ttl":1000}
        p0@h1 invoke held?
        p0@h1 ok     held? {"held":false}
        p1@h2 invoke acquire
        p1@h2 ok     acquire {"token":42,"ttl":1000}
        p1@h2 invoke held?
        p1@h2 ok     held? {"held":true,"token":42}
        p0@h1 invoke held?
        p0@h1 ok     held? {"held":true,"token":41}
        """);
  }

  @Test
  void aRestartEndsTheBelief() {
    valid(
        LEASE,
        2,
        """
        p0@h1 invoke acquire
        p0@h1 ok     acquire {"token":41,"ttl":1000}
        p0@h1 invoke held?
        p0@h1 ok     held? {"held":true,"token":41}
        h1#2 event started {"pid":7}                      # the session is lost
        p1@h2 invoke acquire
        p1@h2 ok     acquire {"token":42,"ttl":1000}
        p1@h2 invoke held?
        p1@h2 ok     held? {"held":true,"token":42}
        p0@h1 invoke held?
        p0@h1 ok     held? {"held":true,"token":41}
        """);
  }

  @Test
  void withoutSelfChecksNothingIsExamined() {
    valid(LEASE, 0, "p0@h1 invoke acquire\np0@h1 ok acquire {\"token\":41,\"ttl\":1000}");
  }

  @Test
  void aStepDownSeenLateIsNoOverlap() {
    // n1 stepped down at 2.0 and was paused; its line is seen at 5.0; n2 leads from 3.0.
    valid(
        LEADER,
        1,
        """
        1000 n1 event leader {"term":3}
        1500 p0@n1 invoke leader?
        1510 p0@n1 ok     leader? {"leader":true,"term":3}
        3000 n2 event leader {"term":4}
        5000 n1 event follower {"term":3}
        """);
  }

  @Test
  void twoLeadersBelieveAtOnce() {
    invalid(
        LEADER,
        "two-believe",
        """
        n1 event leader {"term":3}
        n2 event leader {"term":4}
        p0@n1 invoke leader?
        p1@n2 invoke leader?
        p0@n1 ok     leader? {"leader":true,"term":3}
        p1@n2 ok     leader? {"leader":true,"term":4}
        """);
  }

  @Test
  void leaderEventsAloneProveNoBeliefsEnd() {
    valid(LEADER, 0, "n1 event leader {\"term\":3}\nn2 event leader {\"term\":4}");
  }

  /** Terms of two clients may be the same: each counts its own. */
  @Test
  void participantsAreToldApartByWhoTheySayTheyAre() {
    String first =
        """
        p0@n1 invoke leader?
        p0@n1 ok     leader? {"leader":true,"term":1,"who":"c1"}
        """;
    String second =
        """
        p1@n1 invoke leader?
        p1@n1 ok     leader? {"leader":true,"term":1,"who":"c2"}
        """;
    valid(LEADER, 2, first + first + second + second);
    Witness witness = invalid(LEADER, "two-believe", first + second + first + second);
    assertThat(witness.sentence()).contains("c1 and c2 both believed");
    assertThat(witness.steps()).extracting(Witness.Step::lane).containsOnly("c1", "c2");
    assertThat(witness.steps()).extracting(Witness.Step::text).containsOnly("leader? yes, term 1");
  }

  /** The participant of the old process is gone with it. */
  @Test
  void aClientThatAnswersForItselfLosesItsBeliefWithItsProcess() {
    String before =
        """
        p0@n1 invoke leader?
        p0@n1 ok     leader? {"leader":true,"term":1,"who":"n1"}
        """;
    String between =
        """
        p1@n1 invoke leader?
        p1@n1 ok     leader? {"leader":true,"term":2,"who":"c2"}
        """;
    String after = before.replace("p0", "p2");
    invalid(LEADER, "two-believe", before + between + between + after);
    List<Entry> entries = new ArrayList<>();
    for (Entry entry : History.parse(before + between + between + after).entries()) {
      Entry.Op op = (Entry.Op) entry;
      entries.add(
          new Entry.Op(
              op.index(),
              op.time(),
              op.process(),
              op.type(),
              op.f(),
              op.key(),
              op.value(),
              op.error(),
              op.process() == 1 ? "c2" : "n1",
              op.node(),
              op.late()));
    }
    Verdict verdict =
        Checkers.create(LEADER, Map.of()).check(History.of(entries), Budget.standard());
    assertThat(verdict).isInstanceOf(Verdict.Valid.class);
  }
}
