package dev.faultline.reports;

import dev.faultline.checker.Verdict;
import dev.faultline.checker.Witness;
import dev.faultline.harness.Report;
import dev.faultline.harness.judge.Judgement.Status;
import dev.faultline.history.History;
import dev.faultline.spec.FaultPlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Six runs as they may end; figures are made up, but history and judgement agree. */
final class Samples {
  private Samples() {}

  static Map<String, Report.Input> all() {
    Map<String, Report.Input> all = new LinkedHashMap<>();
    all.put("lease", lease());
    all.put("register", register());
    all.put("valid", valid());
    all.put("void", voided());
    all.put("unknown", unknown());
    all.put("empty", empty());
    return all;
  }

  /** A holder is paused past its lease and writes with an older token. */
  static Report.Input lease() {
    String tail =
        """
        9812  p4@h2 invoke acquire
        9814  p4@h2 ok     acquire {"token":41,"until":11812}
        9815  server event granted {"holder":"h2","token":41}
        10100 f4 pause start {"node":"h2"}
        10104 f4 pause effect {"stopped":true}
        12018 p5@h3 invoke acquire
        12020 p5@h3 ok     acquire {"token":42,"until":14020}
        12021 server event granted {"holder":"h3","token":42}
        12029 p5@h3 invoke append {"token":42,"entry":"h3-77"}
        12031 p5@h3 ok     append 311
        13104 f4 pause end {"running":true}
        13104 p4@h2 invoke append {"token":41,"entry":"h2-90"}
        13106 p4@h2 ok     append 312   # older token after a newer one
        """;
    History history = History.parse(Parts.load(9_700, true) + tail);
    Witness witness =
        new Witness(
            "The log took a write with token 41 after it had taken one with token 42.",
            List.of(
                Parts.step(history, 9812, "h2", "acquire token 41, until 11.812", null),
                Parts.step(history, 12018, "h3", "acquire token 42", null),
                Parts.step(history, 12029, "h3", "append 42 \"h3-77\" ok, position 311", null),
                Parts.step(
                    history,
                    13104,
                    "h2",
                    "append 41 \"h2-90\" ok, position 312",
                    "older token after a newer one")));
    return Parts.input(
        Parts.run(
            "grants", "no-fencing", "fenced-log", Parts.plan("f1 partition server", "f4 pause h2")),
        history,
        Status.INVALID,
        List.of(),
        List.of(
            Parts.claimed(
                "fence.resource-order",
                "The resource takes no token after a newer one.",
                new Verdict.Invalid("older-token", witness)),
            Parts.claimed(
                "lease.minimum-term", "A lease lasts as long as granted.", Parts.valid(9)),
            Parts.claimed("lease.one-holder-per-token", "A token has one holder.", Parts.valid(9)),
            Parts.observed(
                "lease.belief-exclusive",
                "No two nodes believe that they hold the lease.",
                "not claimed under pause",
                new Verdict.Invalid(
                    "overlap",
                    new Witness(
                        "h2 and h3 both believed that they held the lease from 12.020 s.",
                        List.of(
                            Parts.step(history, 13104, "h2", "append 41", "still believes")))))),
        List.of(
            Parts.fault(
                "f1", "partition", "h1 | server", 2.1, 4.1, true, "cut", "h1→server refused"),
            Parts.fault(
                "f4", "pause", "h2 (holder, token 41)", 10.104, 13.104, true, "state", "T")));
  }

  /** A read of an older value after a newer one, on overlapping operations of milliseconds. */
  static Report.Input register() {
    History history =
        History.parse(
            Parts.load(4_000, false)
                + """
                4210.1 p10@n1 invoke write key=x 1
                4212.9 p10@n1 ok     write key=x 1
                4213.0 n1 event leader {"term":4}
                4214.0 p10@n1 invoke write key=x 2
                4215.0 p11@n1 invoke read key=x
                4217.8 p11@n1 ok     read key=x 2
                4219.0 p12@n3 invoke read key=x
                4221.2 p12@n3 ok     read key=x 1
                4290.0 p10@n1 info   write key=x 2 !timeout
                """);
    Witness witness =
        new Witness(
            "No order of the operations on key x explains the read of 1: the write of 2 was seen"
                + " before it.",
            List.of(
                Parts.step(history, 4210.1, "n1", "write x 1", null),
                new Witness.Step(
                    0,
                    4_214_000_000L,
                    4_290_000_000L,
                    "client c1",
                    "write x 2 info (time-out)",
                    null),
                Parts.step(history, 4215, "n1", "read x → 2", null),
                Parts.step(history, 4219, "n3", "read x → 1", "must be 2")));
    return Parts.input(
        Parts.run(
            "register", "no-write-back", "register", Parts.plan("f1 link n1", "f2 partition n3")),
        history,
        Status.INVALID,
        List.of(),
        List.of(
            Parts.claimed(
                "linearizable",
                "Each object behaves as if operations took effect one at a time.",
                new Verdict.Invalid("no-order", witness)),
            Parts.claimed("node.no-crash", "No node dies unasked.", Parts.valid(3))),
        List.of(
            Parts.fault("f1", "link.latency", "n1→n2, n3", 1.0, 4.216, true, "rtt", "204 ms"),
            Parts.fault("f2", "partition", "n1 | n3", 4.2135, 5.0, true, "cut", "n1→n3 refused")));
  }

  static Report.Input valid() {
    History history = History.parse(Parts.load(15_000, true));
    return Parts.input(
        Parts.run(
            "grants",
            "correct",
            "fenced-log",
            Parts.plan("f1 partition server", "f2 pause h2", "f3 clock server")),
        history,
        Status.VALID,
        List.of(),
        List.of(
            Parts.claimed(
                "fence.resource-order",
                "The resource takes no token after a newer one.",
                Parts.valid(412)),
            Parts.claimed(
                "lease.minimum-term", "A lease lasts as long as granted.", Parts.valid(9)),
            Parts.claimed("lease.token-order", "A later grant has a larger token.", Parts.valid(0)),
            Parts.observed(
                "lease.belief-exclusive",
                "No two nodes believe that they hold the lease.",
                "not claimed under clock.step",
                Parts.valid(9))),
        List.of(
            Parts.fault(
                "f1", "partition", "h1 | server", 2.1, 4.1, true, "cut", "h1→server refused"),
            Parts.fault("f2", "pause", "h2 (holder)", 5.104, 8.104, true, "state", "T"),
            Parts.fault(
                "f3",
                "clock.step+clock.rate",
                "server",
                9,
                12,
                true,
                "offset",
                "-2.001 s ± 0.4 ms")));
  }

  static Report.Input voided() {
    return Parts.input(
        Parts.run(
            "etcd", "correct", "locked-counter", Parts.plan("f1 pause n1", "f2 kill $leader")),
        History.parse(Parts.load(6_000, false)),
        Status.VOID,
        List.of(
            "f2 kill $leader never started: its anchor, the 3rd leader event, did not come within"
                + " the 20 s of the run (2 came); lower 'nth', or raise --time",
            "f1 pause n1 has no receipt: the process was still answering 200 ms after SIGSTOP; run"
                + " with --env containers, where the freezer can be asked"),
        List.of(
            Parts.claimed(
                "linearizable", "Operations take effect one at a time.", Parts.valid(118))),
        List.of(
            Parts.fault("f1", "pause", "n1", 2.0, 3.0, false, "state", "S, want T"),
            Parts.fault("f2", "kill", "", -1, -1, false, "anchor", "leader no. 3 not seen")));
  }

  static Report.Input unknown() {
    return Parts.input(
        Parts.run("etcd", "correct", "register", FaultPlan.NONE),
        History.parse(Parts.load(3_000, false)),
        Status.UNKNOWN,
        List.of(),
        List.of(
            Parts.claimed(
                "linearizable",
                "Operations take effect one at a time.",
                new Verdict.Unknown(
                    "time budget of 60000 ms ran out on key x after 1 204 of 1 890 operations",
                    "raise --check-time, or lower --rate"))),
        List.of());
  }

  static Report.Input empty() {
    return Parts.input(
        Parts.run("register", "correct", "register", FaultPlan.NONE),
        History.parse(""),
        Status.VOID,
        List.of("no operation was ok; see nodes/*/*.log"),
        List.of(),
        List.of());
  }
}
