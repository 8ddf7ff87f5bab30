package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.history.Entry;
import dev.faultline.history.History;
import dev.faultline.history.HistoryWriter;
import dev.faultline.json.Json;
import dev.faultline.json.JsonView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckTest {
  @TempDir private Path dir = Path.of("");

  private Path history(String name, String text) throws IOException {
    Path file = dir.resolve(name);
    Files.deleteIfExists(file);
    try (HistoryWriter writer = new HistoryWriter(file, "r1")) {
      for (Entry entry : History.parse(text).entries()) {
        writer.append(entry);
      }
    }
    return file;
  }

  private Path good() throws IOException {
    return history("good.jsonl", "p0 invoke read\np0 ok read 1\n");
  }

  private Path bad() throws IOException {
    return history("bad.jsonl", "p0 invoke read\np0 ok read 1\np0 invoke read\np0 ok read 0\n");
  }

  private static Shell.Answer check(Path file, String... more) {
    String[] args = new String[more.length + 4];
    args[0] = "check";
    args[1] = file.toString();
    args[2] = "--property";
    args[3] = "toy.no-zero";
    System.arraycopy(more, 0, args, 4, more.length);
    return Shell.faultline(args);
  }

  @Test
  void aBareHistoryIsJudgedByTheNamedProperty() throws IOException {
    Shell.Answer valid = check(good());
    assertThat(valid.exit()).isZero();
    assertThat(valid.out()).startsWith("VALID  toy.no-zero");
    Shell.Answer invalid = check(bad());
    assertThat(invalid.exit()).isEqualTo(1);
    assertThat(invalid.out())
        .contains("INVALID  toy.no-zero", "A read returned 0.", "◄ the bad one");
  }

  @Test
  void parametersReachTheChecker() throws IOException {
    assertThat(check(good(), "--param", "bad=1").exit()).isEqualTo(1);
    assertThat(check(good(), "--param", "bad=x").err()).contains("bad", "\"x\"");
  }

  @Test
  void aRuleAppliedToNothingIsVoid() throws IOException {
    Shell.Answer answer = check(history("empty.jsonl", "p0 invoke read\np0 info read\n"));
    assertThat(answer.exit()).isEqualTo(2);
    assertThat(answer.out()).startsWith("VOID  toy.no-zero");
  }

  @Test
  void aPrefixCanBeJudged() throws IOException {
    assertThat(check(bad(), "--until", "2").exit()).isZero();
  }

  @Test
  void aCorruptLineIsNamedWithThePrefixThatCanBeChecked() throws IOException {
    Path file = bad();
    String good = Files.readString(file);
    Files.writeString(file, good + "{\"index\":4,\"ti\n");
    Shell.Answer last = check(file);
    assertThat(last.exit()).isEqualTo(1);
    assertThat(last.out()).contains("line 6: not JSON", "it was left out");
    Files.writeString(file, good + "{\"index\":4,\"ti\n{\"index\":5,\"ti\n");
    Shell.Answer answer = check(file);
    assertThat(answer.exit()).isEqualTo(3);
    assertThat(answer.err().lines()).hasSize(1);
    assertThat(answer.err()).contains("bad.jsonl, line ", "can be checked with --until 4");
    assertThat(check(file, "--until", "4").exit()).isEqualTo(1);
  }

  @Test
  void oneBadFileDoesNotSpoilTheNextAndTheWorstCodeWins() throws IOException {
    Path corrupt = dir.resolve("corrupt.jsonl");
    Files.writeString(corrupt, "no JSON\n");
    String gone = dir.resolve("gone.jsonl").toString();
    Shell.Answer answer = check(corrupt, gone, good().toString());
    assertThat(answer.exit()).isEqualTo(3);
    assertThat(answer.out()).contains("VALID  toy.no-zero");
    assertThat(answer.err().lines()).hasSize(2);
    assertThat(check(corrupt, bad().toString(), good().toString()).exit()).isEqualTo(1);
  }

  @Test
  void theWorstOfTwoCodes() {
    assertThat(CheckCommand.worse(3, 1)).isEqualTo(1);
    assertThat(CheckCommand.worse(2, 3)).isEqualTo(3);
    assertThat(CheckCommand.worse(2, 0)).isEqualTo(2);
    assertThat(CheckCommand.worse(0, 0)).isZero();
  }

  @Test
  void verdictsAreAlsoJson() throws IOException {
    Shell.Answer answer = check(bad(), good().toString(), dir.resolve("gone").toString(), "--json");
    JsonView all = JsonView.of("check", Json.read(answer.out()));
    assertThat(all.get("exitCode").integer()).isEqualTo(1);
    assertThat(all.get("results").list().stream().map(r -> r.get("exitCode").integer()))
        .containsExactly(1L, 0L, 3L);
  }

  @Test
  void wrongOptionsAreRefused() throws IOException {
    assertThat(check(good(), "--budget", "0s").err()).contains("--budget");
    assertThat(check(good(), "--model", "queue").err()).contains("give one of them");
    assertThat(check(good(), "--memory", "much").err()).contains("want a size such as 512m");
    assertThat(check(good(), "--threads", "0").err()).contains("--threads 0: want 1 or more");
    Shell.Answer unknown = Shell.faultline("check", good().toString(), "--property", "toy.none");
    assertThat(unknown.err()).contains("'toy.none'", "known: ", "toy.no-zero");
    assertThat(judged(queue("2"), "--model", "pile").err()).contains("no model 'pile'", "queue");
    assertThat(judged(queue("2"), "--format", "xml").err()).contains("no format 'xml'", "polylin");
  }

  private static Shell.Answer judged(Path file, String... more) {
    String[] args = new String[more.length + 2];
    args[0] = "check";
    args[1] = file.toString();
    System.arraycopy(more, 0, args, 2, more.length);
    return Shell.faultline(args);
  }

  /** Two are put in, and this one is taken out. */
  private Path queue(String taken) throws IOException {
    String text = "# queue\nenq 1 0 1\nenq 2 2 3\ndeq %s 4 5\n".formatted(taken);
    return Files.writeString(dir.resolve("queue-" + taken + ".log"), text);
  }

  @Test
  void aBareHistoryIsJudgedByWhatItMeans() throws IOException {
    Shell.Answer valid = judged(queue("1"), "--verify");
    assertThat(valid.exit()).as(valid.err()).isZero();
    assertThat(valid.out().lines()).hasSize(1);
    assertThat(valid.out()).startsWith("VALID  ").contains("queue, 3 operations", "; verified: ");
    Path bank =
        Files.writeString(
            dir.resolve("bank.edn"),
            """
            {:process 0 :type :invoke :f :read :value nil}
            {:process 0 :type :ok :f :read :value {0 10 1 5}}
            """);
    assertThat(judged(bank, "--verify"))
        .satisfies(answer -> assertThat(answer.exit()).isZero())
        .satisfies(answer -> assertThat(answer.out()).contains("bank.total finds no order"));
    Shell.Answer invalid = judged(queue("2"), "--explain");
    assertThat(invalid.exit()).isEqualTo(1);
    assertThat(invalid.out())
        .startsWith("INVALID  ")
        .contains("dequeue → 2", "◄", "read as", "what ends at a stamp precedes what starts at it");
    assertThat(judged(queue("2"), "--until", "2").exit()).isZero();
    assertThat(judged(queue("2"), "--model", "bag").exit()).isZero();
    assertThat(judged(good(), "--param", "init=1").out()).contains("register, 1 operations");
    assertThat(judged(good()).out()).startsWith("INVALID  ").contains("nobody had written");
  }

  @Test
  void foldersAreWalkedOneLineEach() throws IOException {
    Path deep = Files.createDirectories(dir.resolve("some/deep"));
    Files.move(queue("1"), deep.resolve("a.log"));
    Files.move(queue("2"), dir.resolve("some/b"));
    Files.writeString(deep.resolve("notes.txt"), "Some notes.\n");
    Files.writeString(deep.resolve("broken.log"), "# queue\nenq 1 0\n");
    Files.writeString(deep.resolve("txn.txt"), "w 0 0\n-----\nr 0 0\n");
    Shell.Answer answer = judged(dir.resolve("some"));
    assertThat(answer.exit()).isEqualTo(1);
    assertThat(answer.out().lines().map(line -> line.replaceAll(" .*", "")))
        .containsExactly("INVALID", "VALID", "UNKNOWN");
    assertThat(answer.out()).contains("no checker for isolation");
    assertThat(answer.err())
        .contains("broken.log, line 2: the line's end, want the stamp of the return")
        .contains("1 file of no known format passed over");
    assertThat(judged(deep).exit()).isEqualTo(3);
  }

  @Test
  void whatAFileMeansIsInTheData() throws IOException {
    JsonView all = JsonView.of("check", Json.read(judged(queue("2"), "--json").out()));
    JsonView result = all.get("results").list().get(0);
    assertThat(result.get("format").string()).isEqualTo("polylin");
    assertThat(result.get("params").get("model").string()).isEqualTo("queue");
    assertThat(result.get("findings").list().get(0).get("status").string()).isEqualTo("invalid");
  }

  @Test
  void aRunDirectoryIsJudgedAsItsSpecSays() throws IOException {
    Shell.faultline("run", "toy:forgetful", "--faults", "none", "--quiet", "--out", run());
    Files.copy(
        bad(), dir.resolve("run/history.jsonl"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    Shell.Answer answer = Shell.faultline("check", run());
    assertThat(answer.exit()).as(answer.err()).isEqualTo(1);
    assertThat(answer.out()).contains("INVALID  toy:forgetful", "run " + run());
    Shell.Answer byFile = Shell.faultline("check", run() + "/history.jsonl");
    assertThat(byFile.out()).isEqualTo(answer.out());
    Shell.Answer json = Shell.faultline("check", run(), "--json");
    JsonView result = JsonView.of("check", Json.read(json.out())).get("results").list().get(0);
    assertThat(result.get("status").string()).isEqualTo("INVALID");
    assertThat(result.get("dir").string()).isEqualTo(run());
    Shell.Answer report = Shell.faultline("report", run());
    assertThat(report.exit()).as(report.err()).isZero();
    assertThat(report.out().lines()).containsExactly(run() + "/facts.json", run() + "/page.txt");
    assertThat(dir.resolve("run/page.txt")).content().startsWith("INVALID  toy:forgetful");
  }

  private String run() {
    return dir.resolve("run").toString();
  }
}
