package dev.faultline.checker.model;

import dev.faultline.json.JsonView;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The models that there are, by their ids; what they know is in {@code docs/checkers.md}. */
public final class Models {
  private Models() {}

  /** All ids, in the order of the docs. */
  public static List<String> ids() {
    return List.of(
        "cas-register-observing",
        "multi-register",
        "owned-mutex",
        "reentrant-mutex",
        "semaphore",
        "fenced-lock",
        "lease",
        "counter",
        "grow-only-set",
        "set",
        "queue",
        "bounded-queue",
        "bag",
        "stack",
        "deque",
        "priority-queue",
        "map",
        "log",
        "list-append",
        "unique-ids");
  }

  /**
   * The model of an id; null if there is none.
   *
   * @param params besides {@code model}, what the model asks for
   * @throws dev.faultline.json.JsonException if a parameter is unknown or wrong
   */
  public static @Nullable Model<?> find(String id, JsonView params) {
    params.only(
        switch (id) {
          case "cas-register-observing" -> Set.of("model", "init");
          case "semaphore" -> Set.of("model", "permits");
          case "bounded-queue" -> Set.of("model", "capacity", "resume");
          default -> Set.of("model");
        });
    return switch (id) {
      case "cas-register-observing" ->
          new ObservingCasRegister(new Value(Call.plain(init(params))));
      case "multi-register" -> new MultiRegister();
      case "owned-mutex" -> new Hold(false);
      case "reentrant-mutex" -> new Hold(true);
      case "semaphore" -> new Semaphore(number(params, "permits", 0, Long.MAX_VALUE / 2, 1L));
      case "fenced-lock" -> new Lease(false);
      case "lease" -> new Lease(true);
      case "counter" -> new Counter();
      case "grow-only-set" -> new Elements(true);
      case "set" -> new Elements(false);
      case "queue" -> Ends.queue();
      case "bounded-queue" -> {
        long capacity = number(params, "capacity", 1, Integer.MAX_VALUE, null);
        yield new BoundedQueue(capacity, number(params, "resume", 0, capacity - 1, capacity - 1));
      }
      case "bag" -> new Pool(false);
      case "stack" -> Ends.stack();
      case "deque" -> Ends.deque();
      case "priority-queue" -> new Pool(true);
      case "map" -> new KeyValue();
      case "log" -> new Log();
      case "list-append" -> new ListAppend();
      case "unique-ids" -> new UniqueIds();
      default -> null;
    };
  }

  private static @Nullable Object init(JsonView params) {
    JsonView init = params.find("init");
    return init == null ? null : init.value();
  }

  private static long number(
      JsonView params, String name, long least, long most, @Nullable Long otherwise) {
    JsonView view = otherwise == null ? params.get(name) : params.find(name);
    if (view == null) {
      return otherwise == null ? least : otherwise;
    }
    long n = view.integer();
    if (n < least || n > most) {
      throw view.error("%d, want %d to %d".formatted(n, least, most));
    }
    return n;
  }
}
