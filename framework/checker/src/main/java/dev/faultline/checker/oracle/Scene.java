package dev.faultline.checker.oracle;

import dev.faultline.checker.oracle.Toy.Ask;
import dev.faultline.checker.oracle.Toy.Did;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An object, what is asked at the beginning and at the end, and which properties that shows.
 *
 * @param last asked by one client when all is over, each twice
 * @param drained whether the last is asked until it answers nothing
 */
record Scene(
    String name,
    Toy toy,
    List<Map.Entry<String, Object>> first,
    List<String> last,
    boolean drained,
    Map<String, Map<String, ?>> properties) {

  private static final List<String> ACCOUNTS = List.of("a1", "a2", "a3");
  private static final long BALANCE = 100;

  /** The key of what has one. */
  static final String KEY = "x0";

  boolean keyed() {
    return name.equals("watch");
  }

  static List<Scene> all() {
    List<Scene> all = new ArrayList<>();
    all.add(
        of("queue", "linearizable", "queue.no-lost", "queue.no-phantom", "queue.no-duplicate")
            .with("queue.fifo", "queue.no-false-empty")
            .drain("dequeue")
            .asking(Tells.PERMISSION, Toys.VALUE, "enqueue", Tells.VALUE, Toys.NOTHING, "dequeue"));
    all.add(
        of("counter", "linearizable", "counter.within-bounds")
            .ending("read")
            .asking(
                Tells.NOTHING,
                (r, v) -> (long) r.nextInt(1, 4),
                "add",
                Tells.VALUE,
                Toys.NOTHING,
                "read"));
    all.add(
        of("grow-only-set", "linearizable", "set.no-lost-add", "set.no-phantom")
            .with("set.linearizable")
            .ending("read")
            .asking(Tells.NOTHING, Toys.VALUE, "add", Tells.ELEMENTS, Toys.NOTHING, "read"));
    all.add(
        of("log", "linearizable", "log.no-lost-append", "log.agreement", "log.order")
            .with("log.no-phantom", "log.no-hole", "log.no-duplicate")
            .ending("read")
            .asking(Tells.VALUE, Toys.VALUE, "append", Tells.VALUE, Toys.NOTHING, "read"));
    all.add(of("unique-ids", "linearizable", "ids.unique"));
    all.add(
        of("register", "linearizable", "register.regular", "register.safe")
            .with("register.staleness", "session.read-your-writes", "session.monotonic-reads")
            .with("session.monotonic-writes", "session.writes-follow-reads", "causal")
            .ending("read"));
    all.add(bank());
    all.add(watch());
    all.add(increments());
    List<String> had = all.stream().map(Scene::name).toList();
    for (Toy toy : Toys.all()) {
      String model = String.valueOf(toy.params().get("model"));
      if (!had.contains(model) && all.stream().noneMatch(s -> s.name().equals(model))) {
        all.add(
            new Scene(
                model, toy, List.of(), List.of(), false, Map.of("linearizable", toy.params())));
      }
    }
    return all;
  }

  private static Scene of(String model, String... properties) {
    Map<String, ?> params = Map.of("model", model);
    return new Scene(
            model, Objects.requireNonNull(Toys.find(params)), List.of(), List.of(), false, Map.of())
        .with(properties);
  }

  private Scene with(String... more) {
    Map<String, Map<String, ?>> all = new LinkedHashMap<>(properties);
    for (String property : more) {
      all.put(property, property.equals("linearizable") ? toy.params() : Map.of());
    }
    return new Scene(name, toy, first, last, drained, all);
  }

  private Scene ending(String... f) {
    return new Scene(name, toy, first, List.of(f), false, properties);
  }

  private Scene drain(String f) {
    return new Scene(name, toy, first, List.of(f), true, properties);
  }

  /** Two functions alone, one that changes and one that looks. */
  private Scene asking(
      Tells told, Toy.Input input, String change, Tells found, Toy.Input asked, String look) {
    Toy few =
        new Toy(toy.params(), toy.fresh(), toy::play)
            .asked(told, input, change)
            .asked(found, asked, look);
    return new Scene(name, few, first, last, drained, properties);
  }

  private static Scene made(String name, Toy toy, String... properties) {
    return new Scene(name, toy, List.of(), List.of(), false, Map.of()).with(properties);
  }

  private static Map<String, Object> map(@Nullable Object state) {
    Map<String, Object> copy = new TreeMap<>();
    ((Map<?, ?>) Objects.requireNonNull(state)).forEach((k, v) -> copy.put(String.valueOf(k), v));
    return copy;
  }

  private static Scene bank() {
    List<Map.Entry<String, Object>> opened = new ArrayList<>();
    for (String account : ACCOUNTS) {
      opened.add(Map.entry("open", Map.of("account", account, "balance", BALANCE)));
    }
    Toy toy =
        new Toy(Map.of(), Map.of(), Scene::banking)
            .asked(
                Tells.NOTHING,
                (r, v) -> {
                  int from = r.nextInt(ACCOUNTS.size());
                  int to = (from + 1 + r.nextInt(ACCOUNTS.size() - 1)) % ACCOUNTS.size();
                  return Map.of("from", ACCOUNTS.get(from), "to", ACCOUNTS.get(to), "amount", 1L);
                },
                "transfer")
            .asked(Tells.VALUE, Toys.NOTHING, "read")
            .knowing(Tells.NOTHING, "open");
    Scene scene = made("bank", toy, "bank.total").ending("read");
    return new Scene("bank", toy, opened, scene.last(), false, scene.properties());
  }

  private static List<Did> banking(@Nullable Object state, Ask ask) {
    Map<String, Object> accounts = map(state);
    if (ask.f().equals("read")) {
      return Did.only(accounts, accounts);
    }
    Map<String, Object> asked = map(ask.value());
    if (ask.f().equals("open")) {
      accounts.put(String.valueOf(asked.get("account")), asked.getOrDefault("balance", 0L));
      return Did.only(null, accounts);
    }
    accounts.merge(String.valueOf(asked.get("from")), 1L, (a, b) -> (Long) a - (Long) b);
    accounts.merge(String.valueOf(asked.get("to")), 1L, (a, b) -> (Long) a + (Long) b);
    return Did.only(null, accounts);
  }

  private static Scene watch() {
    Toy toy =
        new Toy(Map.of(), List.of(), Scene::watching)
            .asked(Tells.VALUE, Toys.VALUE, "put", "put")
            .asked(Tells.VALUE, (r, v) -> Map.of("from", (long) r.nextInt(1, 20)), "watch");
    return made("watch", toy, "watch.no-gap", "watch.order", "watch.faithful").ending("watch");
  }

  private static List<Did> watching(@Nullable Object state, Ask ask) {
    List<Object> events = new ArrayList<>((List<?>) Objects.requireNonNull(state));
    if (ask.f().equals("put")) {
      long revision = events.size() + 1L;
      events.add(List.of(revision, KEY, ask.value()));
      return Did.only(revision, events);
    }
    long from = ask.input() == null ? 1 : (Long) map(ask.input()).getOrDefault("from", 1L);
    long next = Math.max(from, events.size() + 1);
    List<Object> told = events.stream().skip(from - 1).toList();
    return Did.only(Map.of("events", told, "next", next), state);
  }

  private static Scene increments() {
    Toy toy =
        new Toy(Map.of(), 0L, Scene::incrementing)
            .asked(Tells.VALUE, Toys.NOTHING, "increment", "read");
    return made("increments", toy, "counter.no-lost-update").ending("read");
  }

  private static List<Did> incrementing(@Nullable Object state, Ask ask) {
    long now = (Long) Objects.requireNonNull(state);
    return ask.f().equals("read")
        ? Did.only(now, now)
        : Did.only(Map.of("from", now, "to", now + 1), now + 1);
  }
}
