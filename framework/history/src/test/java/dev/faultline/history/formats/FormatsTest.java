package dev.faultline.history.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.history.History;
import dev.faultline.history.HistoryException;
import dev.faultline.history.HistoryWriter;
import dev.faultline.history.Operation;
import dev.faultline.history.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormatsTest {
  @TempDir private Path dir = Path.of("");

  private Imported read(String... lines) throws IOException {
    return Formats.read(file(lines), null, Long.MAX_VALUE);
  }

  private Path file(String... lines) throws IOException {
    return Files.writeString(dir.resolve("h"), String.join("\n", lines));
  }

  private void refused(String why, String... lines) throws IOException {
    Path file = file(lines);
    assertThatThrownBy(() -> Formats.read(file, null, Long.MAX_VALUE))
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining(why);
  }

  /** Operations as texts: function, input, output, outcome, and who of the others came before. */
  private static List<String> told(Imported imported) {
    List<Operation> all = imported.history().operations();
    return all.stream().map(op -> told(op)).toList();
  }

  private static String told(Operation op) {
    return "%s %s>%s %s".formatted(op.f(), op.input(), op.output(), op.outcome());
  }

  private static boolean precedes(Imported imported, int a, int b) {
    List<Operation> all = imported.history().operations();
    return all.get(a).precedes(all.get(b));
  }

  private static void means(Imported imported, Format format, @Nullable String model) {
    assertThat(imported.meaning().format()).isEqualTo(format);
    assertThat(imported.meaning().model()).isEqualTo(model);
  }

  @Test
  void etcdLogsKeepWhatAFailedCompareAndSetSaw() throws IOException {
    Imported log =
        read(
            "INFO  jepsen.util - 0\t:invoke\t:read\tnil",
            "INFO  jepsen.core - something else",
            "INFO  jepsen.util - :nemesis :info :start nil",
            "INFO  jepsen.util - 1\t:invoke\t:cas\t[1 2]",
            "INFO  jepsen.util - 0\t:ok\t:read\tnil",
            "INFO  jepsen.util - 1\t:fail\t:cas\t[1 2]",
            "INFO  jepsen.util - 2 :invoke :write  7",
            "INFO  jepsen.util - 2 :info   :write  :timed-out",
            "INFO  jepsen.util - 2 :invoke :read   nil",
            "INFO  jepsen.util - 2 :ok     :read   7",
            "");
    means(log, Format.ETCD, "cas-register-observing");
    assertThat(told(log))
        .containsExactly(
            "read null>null OK", "cas [1, 2]>null FAIL", "write 7>null INFO", "read null>7 OK");
    List<Operation> all = log.history().operations();
    assertThat(all.get(2).error()).isEqualTo(":timed-out");
    assertThat(all.get(3).process()).isNotEqualTo(all.get(2).process());
    assertThat(precedes(log, 0, 2)).isTrue();
    assertThat(precedes(log, 0, 1)).isFalse();
  }

  @Test
  void malformedLinesOfLogsAreNamed() throws IOException {
    refused(
        "h, line 2: ':swap', want :read, :write or :cas",
        "INFO jepsen.util - 0 :invoke :read nil",
        "INFO jepsen.util - 1 :invoke :swap 3");
    refused("line 1: the line's end, want [OLD NEW]", "INFO jepsen.util - 1 :invoke :cas [1");
    refused("line 1: 'nil', want a number", "INFO jepsen.util - 1 :invoke :write nil");
    refused(
        "line 2: 'ok' for process 4, which has nothing open; the 1 events before it",
        "INFO jepsen.util - 1 :invoke :write 5",
        "INFO jepsen.util - 4 :ok :write 5");
    refused(
        "line 2: ':maybe', want",
        "INFO jepsen.util - 1 :invoke :write 5",
        "INFO jepsen.util - 1 :maybe :write 5");
  }

  @Test
  void keyValueLogs() throws IOException {
    Imported log =
        read(
            "{:process 0, :type :invoke, :f :get, :key \"3\", :value nil}",
            "{:process 1, :type :invoke, :f :append, :key \"3\", :value \"x 1 0 y\"}",
            "{:process 0, :type :ok, :f :get, :key \"3\", :value \"\"}",
            "{:process 1, :type :ok, :f :append, :key \"3\", :value \"x 1 0 y\"}");
    means(log, Format.KV, "map");
    assertThat(told(log)).containsExactly("get null>null OK", "append x 1 0 y>x 1 0 y OK");
    assertThat(log.history().operations().get(0).key()).isEqualTo("3");
  }

  @Test
  void vectorsOfMaps() throws IOException {
    Imported edn =
        read(
            "; found by hand",
            "[{:process 0, :type :invoke, :f :write, :value nil, :time 5, :index 0}",
            " {:process :nemesis, :type :info, :f :start, :value \"cut off [:n1]\"}",
            " #jepsen.history.Op{:process 1 :type :invoke :f :cas :value [1 2] :x #{1 [2 #{}]}}",
            " {:process 0, :type :ok, :f :write, :value 1 #_ {:left out}}",
            " {:process 1 :type :fail :f :cas :value [1 2] :error [:busy \"so \\\"they\\\" say\"]}",
            " {:process 2 :type :invoke :f :read :value nil}",
            " {:process 2 :type :ok :f :read :value nil}",
            " {:process 3 :type :invoke :f :read} {:process 3 :type :info :f :read :error :gone}]");
    means(edn, Format.EDN, "cas-register");
    assertThat(told(edn))
        .containsExactly(
            "write 1>1 OK", "cas [1, 2]>null FAIL", "read null>null FAIL", "read null>null INFO");
    List<Operation> all = edn.history().operations();
    assertThat(all.get(0).invokeTime()).isEqualTo(5);
    assertThat(all.get(1).error()).isEqualTo("[busy, so \"they\" say]");
    assertThat(edn.meaning().starts()).isInstanceOf(Meaning.Starts.Untold.class);
    assertThat(edn.meaning().notes()).contains("A read of nil says nothing.");
  }

  @Test
  void mapsOneAfterAnother() throws IOException {
    Imported set =
        read(
            "{:type :invoke :f :add :value 1 :process 0}",
            "{:type :ok :f :add :value 1 :process 0}",
            "{:type :invoke :f :read :value nil :process 0}",
            "{:type :ok :f :read :value #{1} :process 0}");
    means(set, Format.EDN, "grow-only-set");
    assertThat(told(set)).containsExactly("add 1>1 OK", "read null>[1] OK");
    Imported counter =
        read(
            "{:type :invoke :f :add :value 1 :process 0}",
            "{:type :ok :f :add :value 1 :process 0}",
            "{:type :invoke :f :read :value nil :process 0}");
    means(counter, Format.EDN, "counter");
    Imported lock = read("({:type :invoke :f :acquire :process 0})");
    means(lock, Format.EDN, "mutex");
    Imported keyed =
        read(
            "{:type :invoke :f :write :value [7 1] :process 0}",
            "{:type :ok :f :write :value [7 1] :process 0}",
            "{:type :invoke :f :read :value [7 nil] :process 0}",
            "{:type :ok :f :read :value [7 1] :process 0}");
    means(keyed, Format.EDN, "register");
    assertThat(told(keyed)).containsExactly("write 1>1 OK", "read null>1 OK");
    assertThat(keyed.history().operations().get(1).key()).isEqualTo(7L);
  }

  @Test
  void mapsWithoutAProcessArePairedByFunction() throws IOException {
    Imported edn =
        read(
            "{:type :invoke :f :read :value nil}",
            "{:type :invoke :f :write :value 3}",
            "{:type :ok :f :write :value 3}",
            "{:type :ok :f :read :value 3}");
    assertThat(told(edn)).containsExactly("read null>3 OK", "write 3>3 OK");
  }

  @Test
  void malformedEdnIsNamed() throws IOException {
    refused("line 2: the end of the file, want a map of one event, or ']'", "[", "");
    refused("line 2: 'x', want a map", "{:type :invoke :f :read :process 0}", "x");
    refused("line 1: type maybe, want invoke, ok, fail or info", "{:type :maybe :process 0}");
    refused(
        "line 2: 'write' of process 0, want 'read', which it has open",
        "{:type :invoke :f :read :process 0}",
        "{:type :ok :f :write :process 0}");
    refused("line 1: a text without an end", "{:type \"invoke");
    refused("line 1: ']', want a value", "{:value ]}");
    refused("brackets in each other", "{:value " + "[".repeat(600));
    refused("more after the last ']'", "[] []");
  }

  @Test
  void mapsInJson() throws IOException {
    Imported json =
        read(
            "[{\"type\":\"invoke\",\"f\":\"write\",\"value\":3,\"process\":0,\"index\":0},",
            "{\"type\":\"ok\",\"f\":\"write\",\"value\":3,\"process\":0,\"index\":1},",
            "{\"type\":\"info\",\"f\":\"cut\",\"value\":null,\"process\":\"nemesis\",\"index\":2},",
            "{\"type\":\"invoke\",\"f\":\"read\",\"value\":null,\"process\":0,\"time\":9}]");
    means(json, Format.JSON, "register");
    assertThat(told(json)).containsExactly("write 3>3 OK", "read null>null INFO");
    Imported bank =
        read(
            "[{\"type\":\"invoke\",\"f\":\"read\",\"process\":0},",
            "{\"type\":\"ok\",\"f\":\"read\",\"process\":0,\"value\":{\"0\":70,\"1\":30}}]");
    assertThat(bank.meaning().property()).isEqualTo("bank.total");
    assertThat(bank.meaning().params()).containsEntry("total", 100L);
  }

  @Test
  void transactionsAreKnownAsSuch() throws IOException {
    for (String text :
        Arrays.asList(
            "{:type :invoke :f :txn :value [[:r :x nil]] :process 0}",
            "{:type :invoke :value [[:append 4 2] [:r 5 nil]] :process 0}",
            "[{\"type\":\"invoke\",\"value\":[[\"append\",1,2]],\"process\":0}]",
            "{:type :invoke :f :read :value [[:r 0 nil] [:r 1 nil]]}",
            "r(15,0,0,0)\nw(7,2,0,1)",
            "w 0 0\nw 1 1\n=====\nr 0 2\n-----\nr 1 1")) {
      assertThat(read(text).meaning().property()).as(text).isEqualTo(Meaning.ISOLATION);
    }
    means(
        read("{:type :invoke :f :txn :value [[:read :x nil] [:write :y 1]] :process 0}"),
        Format.EDN,
        "multi-register");
    Path cobra = Files.createDirectory(dir.resolve("cobra"));
    Files.write(cobra.resolve("T1.log"), new byte[] {'S', 0, 0, 0, 0, 0, 0, 0, 1});
    assertThat(Formats.detect(cobra)).isEqualTo(Format.COBRA);
    byte[] binary = new byte[80];
    binary[8] = 3;
    binary[40] = 4;
    System.arraycopy("info".getBytes(java.nio.charset.StandardCharsets.UTF_8), 0, binary, 48, 4);
    Path dbcop = Files.write(dir.resolve("history.bincode"), binary);
    assertThat(Formats.detect(dbcop)).isEqualTo(Format.DBCOP);
  }

  @Test
  void callsAndReturns() throws IOException {
    Imported queue =
        read(
            "A queue, once more",
            "# @object atomic-queue",
            "[1] call enq(a)",
            "  [2] call deq",
            "[1] return",
            "  [2] return a",
            "[1] call deq()",
            "[1] return empty",
            "[3] call add 5",
            "crash",
            "[3] call remove");
    means(queue, Format.LIMO, "queue");
    assertThat(told(queue))
        .containsExactly(
            "enqueue a>null OK",
            "dequeue null>a OK",
            "dequeue null>null OK",
            "enqueue 5>null INFO",
            "dequeue null>null INFO");
    Imported stack =
        read(
            "# @object stack",
            "[0] call push(?<0,1>)",
            "[0] return",
            "[0] call pop(?<0,1>)",
            "[0] return");
    assertThat(told(stack)).containsExactly("push ?<0,1>>null OK", "pop null>?<0,1> OK");
    refused("operation 'enq' of a stack, want push or pop", "# @object stack", "[0] call enq(1)");
    refused("'ok' for process 0, which has nothing open", "# @object stack", "[0] return");
    refused("line 2: 'goto', want call or return", "# @object stack", "[0] goto 1");
    refused("object 'tree'", "# @object tree", "[0] call push(1)");
  }

  @Test
  void stampsAreOrderedWhereTheyAreEqual() throws IOException {
    Imported queue = read("# queue", "enq 2 0 1", "deq -1 1 2", "enq 3 1 1", "deq 2 0 5");
    means(queue, Format.POLYLIN, "queue");
    assertThat(told(queue))
        .containsExactly(
            "enqueue 2>null OK", "dequeue null>2 OK", "enqueue 3>null OK", "dequeue null>null OK");
    assertThat(precedes(queue, 0, 2)).isTrue();
    assertThat(precedes(queue, 2, 3)).isTrue();
    assertThat(precedes(queue, 0, 3)).isTrue();
    assertThat(precedes(queue, 0, 1)).isFalse();
    assertThat(precedes(queue, 1, 3)).isFalse();
    assertThat(queue.history().entries()).hasSize(8);
    assertThat(History.of(queue.history().entries()).operations())
        .isEqualTo(queue.history().operations());
  }

  @Test
  void stampedObjects() throws IOException {
    Imported set = read("# set", "", "insert 4 1 0 2", "contains 5 0 1 3");
    means(set, Format.POLYLIN, "set");
    assertThat(told(set)).containsExactly("add 4>true OK", "contains 5>false OK");
    Imported heap = read("# priorityqueue", "3 0 1 INSERT 5", "3 2 3 PEEK 5", "3 4 5 POLL -1");
    means(heap, Format.FPTLIN, "priority-queue");
    assertThat(told(heap))
        .containsExactly("insert [-5, 5]>null OK", "peek null>[-5, 5] OK", "poll null>null OK");
    assertThat(heap.history().operations().get(0).process()).isEqualTo(3);
    Imported rmw = read("# rmw", "0 1 10 READ_MODIFY_WRITE 0 2");
    assertThat(rmw.meaning().starts()).isEqualTo(new Meaning.Starts.With(0L));
    Imported permits = read("# semaphore", "0 0 2 INCR 1", "1 0 4 DECR 0");
    assertThat(told(permits)).containsExactly("release null>true OK", "acquire null>false OK");
    assertThat(permits.meaning().params()).containsEntry("permits", 0L);
    means(read("# register", "write 5 0 1", "read 5 2 3"), Format.POLYLIN, "register");
    means(read("# mutex", "0 1 2 ACQUIRE", "0 3 4 RELEASE"), Format.FPTLIN, "owned-mutex");
    Imported deque = read("# deque", "push_front 1 1 2", "peek_back 1 5 6");
    assertThat(told(deque)).containsExactly("push-front 1>null OK", "peek-back null>1 OK");
  }

  @Test
  void malformedStampsAreNamed() throws IOException {
    refused("line 1: object 'tree', want one of cas-register, deque", "# tree", "push 1 2 3");
    refused("line 2: 'pull', want one of peek, pop, push", "# stack", "pull 1 2 3");
    refused("line 2: the line's end, want the stamp of the return", "# stack", "push 1 2");
    refused("line 2: 'x', want a value", "# stack", "push x 2 3");
    refused("line 2: '9', want the line's end", "# stack", "push 1 2 3 9");
    refused(
        "line 3: a return at 2, want one at or after the call at 3", "# stack", "", "push 1 3 2");
    refused("line 2: 2, want 1 or 0", "# set", "insert 1 2 3 4");
    refused(
        "line 2: '99999999999999999999', want a value", "# stack", "push 99999999999999999999 2 3");
  }

  @Test
  void longLinesAndManyOperations() throws IOException {
    StringBuilder text = new StringBuilder("# stack\n# " + "-".repeat(200_000) + "\n");
    for (int i = 5000; i > 0; i--) {
      text.append("push ").append(i).append(' ').append(2 * i).append(' ').append(2 * i + 1);
      text.append("\r\n");
    }
    Imported stack = read(text.toString());
    List<Operation> all = stack.history().operations();
    assertThat(all).hasSize(5000);
    for (int i = 0; i < all.size(); i++) {
      assertThat(all.get(i).input()).isEqualTo(i + 1L);
      assertThat(all.get(i).invoked()).isEqualTo(2L * i);
    }
  }

  @Test
  void aPrefixCanBeRead() throws IOException {
    Path log =
        file(
            "INFO jepsen.util - 0 :invoke :write 3",
            "INFO jepsen.util - 0 :ok :write 3",
            "INFO jepsen.util - 0 :broken");
    Imported prefix = Formats.read(log, null, 1);
    assertThat(prefix.history().operations())
        .extracting(Operation::outcome)
        .containsExactly(Outcome.INFO);
    Path stamped = file("# stack", "push 1 2 3", "oh");
    assertThat(Formats.read(stamped, null, 1).history().operations()).hasSize(1);
    Path edn = file("[{:type :invoke :f :read :process 0}", "oh");
    assertThat(Formats.read(edn, null, 1).history().operations()).hasSize(1);
  }

  @Test
  void formatsCanBeForcedAndFilesPacked() throws IOException {
    Path packed = dir.resolve("h.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write("# stack\npush 1 2 3\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    assertThat(Formats.read(packed, null, 9).history().operations()).hasSize(1);
    assertThatThrownBy(() -> Formats.read(packed, Format.LIMO, 9))
        .hasMessageContaining("no line '# @object TYPE'");
    assertThatThrownBy(() -> Format.of("xml"))
        .hasMessageContaining("no format 'xml'; known: jsonl");
    refused("begins like no format that is known; force a format with --format: jsonl, edn", "?");
    refused("empty, so nothing tells its format");
    assertThat(Formats.read(file(""), Format.ETCD, 9).history().operations()).isEmpty();
  }

  @Test
  void oursIsReadAsBefore() throws IOException {
    String invoke = "{\"index\":0,\"time\":1,\"process\":0,\"type\":\"invoke\",\"f\":\"enqueue\",";
    Imported torn =
        read(
            invoke + "\"value\":1}",
            "{\"index\":1,\"time\":2,\"process\":0,\"type\":\"ok\",\"f\":\"enqueue\",\"value\":null}",
            "{\"index\":2,");
    means(torn, Format.NATIVE, "queue");
    assertThat(Objects.requireNonNull(torn.leftOut())).contains("torn");
    refused("h, line 1: not JSON", invoke + "}", "{}");
  }

  /** What a line leaves out is not taken from the line before it. */
  @Test
  void linesOfOursThatLeaveSomethingOutAreNamed() throws IOException {
    String invoke = "{\"index\":0,\"time\":0,\"process\":5,\"type\":\"invoke\",\"f\":\"read\"}";
    String answer =
        "{\"index\":1,\"time\":1,\"process\":5,\"type\":\"ok\",\"f\":\"read\",\"value\":3}";
    assertThat(told(read(invoke, answer, ""))).containsExactly("read null>3 OK");
    for (String left : List.of("\"process\":5,", "\"time\":1,", "\"f\":\"read\",")) {
      String name = left.substring(1, left.indexOf('"', 1));
      refused(name, invoke, answer.replace(left, ""), "");
    }
  }

  @Test
  void oursIsReadFastAndTheSame() throws IOException {
    History history =
        History.parse(
            """
            p0 invoke cas key=x [1,["a",null,true,-3]]
            p1@n2 invoke read key=x
            p1@n2 ok read key=x "b"
            p0 info cas key=x null !timeout
            p2 invoke read
            p2 fail read null !gone
            p3 invoke read
            """);
    Path file = dir.resolve("ours.jsonl");
    try (HistoryWriter writer = new HistoryWriter(file, "r1")) {
      history.entries().forEach(writer::append);
    }
    Imported fast = Formats.read(file, null, Long.MAX_VALUE);
    assertThat(fast.history().operations()).isEqualTo(history.operations());
    assertThat(fast.history().entries()).as("made of operations").hasSize(6);
    assertThat(Formats.read(file, null, 3).history().operations())
        .isEqualTo(history.before(3).operations());
    Files.writeString(file, Files.readString(file).replace("\"b\"", "\"c\""));
    assertThatThrownBy(() -> Formats.read(file, null, Long.MAX_VALUE))
        .hasMessageContaining("ours.jsonl, line 4: checksum");
  }
}
