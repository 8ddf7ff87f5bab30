package dev.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConvertTest {
  private static final String QUEUE = "# queue\nenq 1 0 1\nenq 2 2 5\ndeq 1 3 4\ndeq -1 6 7\n";
  private static final String ETCD =
      """
      INFO  jepsen.util - 0\t:invoke\t:write\t3
      INFO  jepsen.util - 1\t:invoke\t:cas\t[1 2]
      INFO  jepsen.util - 0\t:ok\t:write\t3
      INFO  jepsen.util - 1\t:fail\t:cas\t[1 2]
      INFO  jepsen.util - 0\t:invoke\t:read\tnil
      INFO  jepsen.util - 0\t:ok\t:read\t3
      INFO  jepsen.util - 2\t:invoke\t:write\t4
      INFO  jepsen.util - 2\t:info\t:write\t:timed-out
      """;
  private static final String KV =
      """
      {:process 0, :type :invoke, :f :put, :key "a", :value "x"}
      {:process 1, :type :invoke, :f :get, :key "a", :value nil}
      {:process 0, :type :ok, :f :put, :key "a", :value "x"}
      {:process 1, :type :ok, :f :get, :key "a", :value ""}
      """;

  @TempDir private Path dir = Path.of("");

  private Path file(String name, String text) throws IOException {
    return Files.writeString(dir.resolve(name), text);
  }

  private Shell.Answer convert(Path in, String out, String... more) {
    String[] args = new String[more.length + 3];
    args[0] = "convert";
    args[1] = in.toString();
    args[2] = dir.resolve(out).toString();
    System.arraycopy(more, 0, args, 3, more.length);
    return Shell.faultline(args);
  }

  /** Through another format and back again nothing is lost. */
  private void thereAndBack(Path in, String there, String back) throws IOException {
    String between = in.getFileName() + "-" + there;
    Shell.Answer first = convert(in, between, "--to", there);
    assertThat(first.exit()).as(first.err()).isZero();
    Shell.Answer second = convert(dir.resolve(between), "back-" + between, "--to", back);
    assertThat(second.exit()).as(second.err()).isZero();
    assertThat(dir.resolve("back-" + between)).content().isEqualTo(Files.readString(in));
  }

  @Test
  void queuesInEveryFormat() throws IOException {
    Path queue = file("queue.log", QUEUE);
    for (String there : new String[] {"jsonl", "edn", "json", "limo", "fptlin"}) {
      thereAndBack(queue, there, "polylin");
    }
    assertThat(dir.resolve("queue.log-limo"))
        .content()
        .startsWith("# @object atomic-queue\n[0] call");
  }

  @Test
  void registersAndMaps() throws IOException {
    Path etcd = file("etcd.log", ETCD);
    thereAndBack(etcd, "jsonl", "etcd-log");
    Path kv = file("kv.txt", KV);
    thereAndBack(kv, "jsonl", "kv-log");
    thereAndBack(kv, "kv-log", "kv-log");
    Shell.Answer note = convert(etcd, "etcd.edn");
    assertThat(note.exit()).isZero();
    assertThat(note.err()).contains("note: a failed compare-and-set found another value");
    Shell.Answer stamped = convert(etcd, "etcd.fpt", "--to", "fptlin", "--model", "cas-register");
    assertThat(stamped.exit()).as(stamped.err()).isZero();
    assertThat(dir.resolve("etcd.fpt")).content().contains("2 6 - WRITE 4", "0 4 5 READ 3");
    assertThat(Shell.faultline("check", dir.resolve("etcd.fpt").toString()).exit()).isZero();
  }

  @Test
  void whatDoesNotFitIsRefusedAndLeavesNothing() throws IOException {
    Path queue = file("queue.log", QUEUE);
    Shell.Answer wrong = convert(queue, "out", "--to", "etcd-log");
    assertThat(wrong.exit()).isEqualTo(3);
    assertThat(wrong.err())
        .contains(
            "entry 0, 'enqueue', cannot be written as etcd-log, which has read, write and cas");
    assertThat(dir.resolve("out")).doesNotExist();
    Path etcd = file("etcd.log", ETCD);
    assertThat(convert(etcd, "out", "--to", "limo").err())
        .contains("a cas-register-observing cannot be written as limo");
    assertThat(convert(etcd, "out", "--to", "polylin", "--model", "cas-register").err())
        .contains("completed operations only");
    assertThat(convert(etcd, "out", "--to", "awdit").err()).contains("awdit is read only");
    assertThat(convert(etcd, "out.txt").err()).contains("name one with --to");
    assertThat(convert(etcd, "etcd.log", "--to", "edn").err()).contains("there already");
  }
}
