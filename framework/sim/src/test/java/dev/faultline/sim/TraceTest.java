package dev.faultline.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.harness.LinkState;
import dev.faultline.harness.Trace;
import dev.faultline.node.Message;
import dev.faultline.sim.SimTest.Universe;
import dev.faultline.spec.Fault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a listener hears of messages, disks and lives; and that it changes nothing. */
final class TraceTest {
  private final Heard heard = new Heard();
  private final Universe universe = new Universe(5, heard);

  /** Everything but timers, as text without times. */
  private static final class Heard implements Trace {
    final List<String> lines = new ArrayList<>();
    int timers;

    @Override
    public void sent(long at, long id, String from, String to, Message message) {
      lines.add("sent " + id + " " + from + ">" + to + " " + message.type());
    }

    @Override
    public void delivered(long at, long id) {
      lines.add("delivered " + id);
    }

    @Override
    public void lost(long at, long id, Loss why) {
      lines.add("lost " + id + " " + why);
    }

    @Override
    public void held(long at, long id) {
      lines.add("held " + id);
    }

    @Override
    public void timer(long at, String node) {
      timers++;
    }

    @Override
    public void wrote(long at, String node, String file, String change, byte[] data) {
      lines.add(node + " " + change + " " + file + " " + new String(data, StandardCharsets.UTF_8));
    }

    @Override
    public void synced(long at, String node, String file) {
      lines.add("synced " + node + " " + file);
    }

    @Override
    public void turned(long at, String node, int incarnation, Turn turn) {
      lines.add(node + "#" + incarnation + " " + turn);
    }
  }

  private void link(Fault.Mode mode) {
    universe.link("n1", "n2", new LinkState(mode, Fault.Effect.NONE));
  }

  private List<String> after(Runnable deed) {
    heard.lines.clear();
    deed.run();
    universe.pass(Duration.ofMillis(50));
    return heard.lines;
  }

  @Test
  void aMessageIsFollowedFromSenderToReceiver() {
    assertThat(heard.lines).containsExactly("n1#1 STARTED", "n2#1 STARTED");
    assertThat(after(() -> universe.say(Message.of("pass", "n", 1L))))
        .containsExactly("sent 1 c1>n1 pass", "delivered 1", "sent 2 n1>n2 passed", "delivered 2");
    assertThat(after(() -> universe.say(Message.of("keep", "text", "a"))))
        .containsExactly("sent 3 c1>n1 keep", "delivered 3", "n1 append log a", "synced n1 log");
    universe.pass(Duration.ofSeconds(1));
    assertThat(heard.timers).isEqualTo(22);
  }

  @Test
  void whatIsLostOrHeldIsTold() {
    link(Fault.Mode.DROP);
    assertThat(after(() -> universe.say(Message.of("pass", "n", 1L)))).endsWith("lost 2 CUT");
    link(Fault.Mode.HOLD);
    assertThat(after(() -> universe.say(Message.of("pass", "n", 2L)))).endsWith("held 4");
    assertThat(after(() -> universe.link("n1", "n2", LinkState.CLEAR))).endsWith("delivered 4");
    universe.link("n1", "n2", new LinkState(null, Fault.Effect.latency(Duration.ofMillis(20))));
    universe.say(Message.of("pass", "n", 3L));
    universe.pass(Duration.ofMillis(15));
    assertThat(after(() -> link(Fault.Mode.DROP))).containsExactly("lost 6 ON_ITS_WAY");
  }

  @Test
  void aFrozenNodeHoldsAndADeadOneLoses() {
    assertThat(
            after(() -> {
              var unused = universe.cluster.pause("n2").join();
              universe.say(Message.of("pass", "n", 1L));
            }))
        .endsWith("held 2");
    assertThat(after(() -> universe.cluster.resume("n2").join()))
        .containsExactly("n2#1 RESUMED", "delivered 2");
    var unused = universe.cluster.pause("n2").join();
    universe.say(Message.of("pass", "n", 1L));
    universe.pass(Duration.ofMillis(50));
    assertThat(after(() -> universe.cluster.kill("n2").join()))
        .containsExactly("n2#1 KILLED", "lost 4 NOBODY");
    assertThat(after(() -> universe.say(Message.of("pass", "n", 1L)))).endsWith("lost 6 NOBODY");
    assertThat(after(() -> universe.say(Message.of("nonsense")))).endsWith("n1#1 CRASHED");
  }

  @Test
  void listeningChangesNothing() {
    Universe alone = new Universe(5);
    alone.pass(Duration.ofSeconds(2));
    universe.pass(Duration.ofSeconds(2));
    assertThat(universe.events).isEqualTo(alone.events);
  }
}
