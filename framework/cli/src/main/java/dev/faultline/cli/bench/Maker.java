package dev.faultline.cli.bench;

import dev.faultline.checker.Planting;
import dev.faultline.history.Entry;
import dev.faultline.history.Entry.Type;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import dev.faultline.node.KeyedRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes histories that can be ordered: clients call an object at random moments, each call happens
 * at one instant, and some are never answered, whether they happened or not. The same seed makes
 * the same history.
 */
final class Maker {
  private enum Stage {
    IDLE,
    CALLED,
    DONE
  }

  private static final class Client {
    Stage stage = Stage.IDLE;
    int process;
    Thing.Act act = new Thing.Act("", null);
    @Nullable Object answer;
  }

  private final RandomGenerator random;
  private final Thing thing;
  private final List<Entry> entries = new ArrayList<>();
  private final List<Client> clients = new ArrayList<>();
  private final List<Client> ghosts = new ArrayList<>();
  private int processes;

  private Maker(Thing thing, int clients, RandomGenerator random) {
    this.thing = thing;
    this.random = random;
    for (int i = 0; i < clients; i++) {
      Client client = new Client();
      client.process = processes++;
      this.clients.add(client);
    }
  }

  /**
   * A history.
   *
   * @param crashed how many of the operations are never answered
   */
  static History make(Thing thing, int clients, int operations, int crashed, long seed) {
    Maker maker = new Maker(thing, clients, KeyedRandom.of(seed, "bench", "history"));
    maker.run(operations, crashed);
    return History.of(maker.entries);
  }

  private void run(int operations, int crashed) {
    Set<Integer> crashes = new HashSet<>();
    while (crashes.size() < crashed) {
      // The violation is to come after them.
      boolean unused = crashes.add(random.nextInt(Math.max(crashed, operations * 9 / 10)));
    }
    int due = 0;
    int called = 0;
    int open = 0;
    while (called < operations || open > 0) {
      Client client = clients.get(random.nextInt(clients.size()));
      switch (client.stage) {
        case IDLE -> {
          if (called >= operations && !thing.isAwaited(client.process)) {
            continue;
          }
          client.act = thing.next(random, client.process);
          line(client, Type.INVOKE, client.act.input());
          due += crashes.contains(called++) ? 1 : 0;
          if (due > 0 && thing.changes(client.act)) {
            due--;
            crash(client);
          } else {
            client.stage = Stage.CALLED;
            open++;
          }
        }
        case CALLED -> {
          client.answer = thing.apply(client.act, client.process);
          client.stage = client.answer == Thing.WAIT ? Stage.CALLED : Stage.DONE;
        }
        case DONE -> {
          boolean failed = client.answer == Thing.FAILED;
          line(client, failed ? Type.FAIL : Type.OK, failed ? null : client.answer);
          client.stage = Stage.IDLE;
          open--;
        }
      }
      if (!ghosts.isEmpty() && random.nextInt(20) == 0) {
        Client ghost = ghosts.remove(random.nextInt(ghosts.size()));
        Object unused = thing.apply(ghost.act, ghost.process);
      }
    }
  }

  /** Half of them happen some time later. */
  private void crash(Client client) {
    if (random.nextBoolean()) {
      Client ghost = new Client();
      ghost.process = client.process;
      ghost.act = client.act;
      ghosts.add(ghost);
    }
    client.process = processes++;
  }

  private void line(Client client, Type type, @Nullable Object value) {
    entries.add(entry(entries.size(), client.process, type, client.act.f(), value));
  }

  private static Entry entry(long index, int process, Type type, String f, @Nullable Object value) {
    return new Entry.Op(
        index, index * 1000, process, type, f, null, value, null, null, null, false);
  }

  /** The last read answers what another write had surely replaced; every value is written once. */
  static History stale(History history) {
    List<Operation> operations = history.operations();
    Operation read = last(history);
    Operation newer = null;
    Operation older = null;
    for (int i = read.id() - 1; i >= 0 && older == null; i--) {
      Operation op = operations.get(i);
      if (!op.ok() || !op.f().equals("write")) {
        continue;
      }
      if (newer == null) {
        newer = op.precedes(read) ? op : null;
      } else if (op.precedes(newer)) {
        older = op;
      }
    }
    if (older == null) {
      throw new IllegalStateException("too few writes for a stale read");
    }
    return answering(history, read, older.input());
  }

  /** The last read answers what nobody ever wrote. */
  static History phantom(History history) {
    return answering(history, last(history), 77L);
  }

  /** At the end, one process writes 90, then 91, and reads 90. */
  static History overwritten(History history) {
    List<Entry> entries = new ArrayList<>(history.entries());
    int process = 1_000_000;
    for (List<?> step :
        List.of(List.of("write", 90L), List.of("write", 91L), List.of("read", 90L))) {
      String f = (String) step.get(0);
      boolean write = f.equals("write");
      entries.add(entry(entries.size(), process, Type.INVOKE, f, write ? step.get(1) : null));
      entries.add(entry(entries.size(), process, Type.OK, f, write ? null : step.get(1)));
    }
    return History.of(entries);
  }

  /** At the end, one process writes 90, and two others both replace it at the same time. */
  static History replacedTwice(History history) {
    List<Entry> entries = new ArrayList<>(history.entries());
    int process = 1_000_000;
    entries.add(entry(entries.size(), process, Type.INVOKE, "write", 90L));
    entries.add(entry(entries.size(), process, Type.OK, "write", null));
    for (Type type : List.of(Type.INVOKE, Type.OK)) {
      for (int i = 1; i <= 2; i++) {
        Object asked = type == Type.INVOKE ? List.of(90L, 90L + i) : null;
        entries.add(entry(entries.size(), process + i, type, "cas", asked));
      }
    }
    return History.of(entries);
  }

  private static Operation last(History history) {
    List<Operation> reads = history.operations(op -> op.ok() && op.f().equals("read"));
    return reads.get(reads.size() - 1 - reads.size() / 50);
  }

  private static History answering(History history, Operation read, @Nullable Object value) {
    return Planting.answering(history, Map.of(read, value == null ? Arrays.asList() : value));
  }
}
