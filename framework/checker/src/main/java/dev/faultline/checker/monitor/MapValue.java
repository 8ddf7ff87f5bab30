package dev.faultline.checker.monitor;

import dev.faultline.checker.model.Call;
import dev.faultline.history.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One key of a map. Where what is put and appended differs, a get shows the put that began its text
 * and what was appended since, in order; these stand together as in {@link Chains}. An append that
 * no get shows leaves something that nobody found: like a put of a value that is never read.
 */
final class MapValue {
  /** What a get's longest text with one beginning tells. */
  private static final class Text {
    final String longest;

    /** By length: the state when the text was so long; 0 where no piece ends. */
    final int[] states;

    Text(String longest) {
      this.longest = longest;
      this.states = new int[longest.length() + 1];
    }
  }

  private final List<Call> calls;
  private final ValueCalls steps;
  private final Numbers values = new Numbers();

  /** By number of a value: its state when it was put. */
  private final int[] states;

  /** The calls that put or appended a piece. */
  private final Map<String, List<Integer>> makers = new HashMap<>();

  /** Whether a text has several makers; then only an order that was found is trusted. */
  private boolean guessed;

  /**
   * Whether calls that append one text count as open for as long as suits any of them, and the
   * unseen among them are left out. Whatever has an order has one then too, whoever made which.
   */
  private final boolean widened;

  private final boolean[] stepped;

  private MapValue(List<Call> calls, boolean widened) {
    this.calls = calls;
    this.widened = widened;
    this.steps = new ValueCalls(calls);
    this.states = new int[2 * calls.size()];
    this.stepped = new boolean[calls.size()];
  }

  static Answer decide(List<Call> calls) {
    return Prefix.shortest(calls, false, MapValue::attempt);
  }

  private static Answer attempt(List<Call> calls) {
    boolean appends = false;
    boolean deletes = false;
    boolean others = false;
    boolean nulls = false;
    Object key = calls.isEmpty() ? null : calls.get(0).key();
    for (Call call : calls) {
      if (!Objects.equals(key, call.key())) {
        return new Answer.Unsuited("several keys");
      }
      if (call.refused() || (call.f().equals("delete") && call.output() != null)) {
        return new Answer.Unsuited(call.f() + " that told whether it did something");
      }
      switch (call.f()) {
        case "append" -> appends = true;
        case "delete" -> deletes = true;
        case "get" -> nulls |= call.known() && call.output() == null;
        case "put" -> others |= !(call.input() instanceof String);
        case "cas" -> {
          if (!(call.input() instanceof List<?> pair) || pair.size() != 2) {
            return new Answer.Unsuited("a strange cas");
          }
          others = true;
          nulls |= pair.get(0) == null || pair.get(1) == null;
        }
        default -> {
          return new Answer.Unsuited("unknown function " + call.f());
        }
      }
    }
    if ((appends && others) || (deletes && nulls)) {
      return new Answer.Unsuited("several ways to a value");
    }
    MapValue map = new MapValue(calls, false);
    Answer answer = map.answer(appends, deletes);
    if (!map.guessed || !(answer instanceof Answer.Impossible)) {
      return answer;
    }
    // What was guessed has no order; nor has any other guess, if even this has none.
    return new MapValue(calls, true).answer(appends, deletes) instanceof Answer.Impossible
        ? answer
        : new Answer.Unsuited("a text is written several times");
  }

  private Answer answer(boolean appends, boolean deletes) {
    String problem = appends ? texts(deletes) : null;
    if (problem != null) {
      return new Answer.Unsuited(problem);
    }
    rest(appends);
    return steps.decide();
  }

  private int state(@Nullable Object value) {
    if (value == null) {
      return 0;
    }
    int number = values.of(value);
    if (states[number] == 0) {
      states[number] = steps.state();
    }
    return states[number];
  }

  private void step(int call, int need, int make) {
    steps.step(call, need, make);
    stepped[call] = true;
  }

  /** All that is not yet a step. */
  private void rest(boolean texts) {
    for (int i = 0; i < stepped.length; i++) {
      Call call = calls.get(i);
      if (stepped[i]) {
        continue;
      }
      switch (call.f()) {
        case "put" -> {
          if (texts) {
            steps.unseen(i);
          } else {
            steps.step(i, Chains.ANY, state(call.value()));
          }
        }
        case "get" -> {
          if (call.known()) {
            steps.step(i, state(call.output()), Chains.SAME);
          }
        }
        case "cas" -> steps.step(i, state(call.list(2).get(0)), state(call.list(2).get(1)));
        case "append" -> {
          List<Integer> alike = makers.getOrDefault(String.valueOf(call.input()), List.of());
          if (!widened || by(alike, "append").size() < 2) {
            steps.unseen(i);
          }
        }
        default -> steps.unseen(i);
      }
    }
  }

  /** Makes steps of gets of texts, and of what they show; why that cannot be done, else null. */
  private @Nullable String texts(boolean deletes) {
    for (int i = 0; i < stepped.length; i++) {
      Call call = calls.get(i);
      if (call.f().equals("put") || call.f().equals("append")) {
        if (!(call.input() instanceof String piece)) {
          return "an append of something else than a text";
        }
        makers.computeIfAbsent(piece, p -> new ArrayList<>()).add(i);
      }
    }
    boolean replaced =
        calls.stream().anyMatch(call -> call.f().equals("put") || call.f().equals("delete"));
    long changed = deletes ? Operation.NEVER : firstChange();
    for (List<Integer> by : makers.values()) {
      List<Integer> appends = by(by, "append");
      boolean unsure =
          by.size() > appends.size() + 1
              || (by.size() > appends.size()
                  && appends.stream().anyMatch(i -> calls.get(i).operation().invoked() <= changed));
      guessed |= unsure || appends.size() > 1;
      if (widened && unsure) {
        return "a text is put several times";
      }
      if (widened && appends.size() > 1) {
        widen(appends, replaced);
      }
    }
    Pieces pieces = Pieces.of(List.copyOf(makers.keySet()));
    if (pieces == null) {
      return "one text begins with another";
    }
    // The longest of each beginning first.
    int[] gets =
        IntStream.range(0, stepped.length)
            .filter(i -> calls.get(i).known() && calls.get(i).output() instanceof String)
            .filter(i -> calls.get(i).f().equals("get"))
            .boxed()
            .sorted(Comparator.comparingInt(i -> -text(i).length()))
            .mapToInt(i -> i)
            .toArray();
    Map<String, Text> texts = new HashMap<>();
    for (int get : gets) {
      String shown = text(get);
      String first = pieces.at(shown, 0);
      List<Integer> by = first == null ? List.of() : makers.getOrDefault(first, List.of());
      boolean put = !by(by, "put").isEmpty();
      if (!put && deletes) {
        return "several ways to no value";
      }
      Text text = texts.get(put && first != null ? first : "");
      if (text == null) {
        text = new Text(shown);
        texts.put(put && first != null ? first : "", text);
        chain(text, pieces, put);
      }
      int state = text.longest.startsWith(shown) ? text.states[shown.length()] : 0;
      // What nobody made is found by nobody; that is what makes it impossible.
      step(get, state == 0 ? steps.state() : state, Chains.SAME);
    }
    return null;
  }

  /**
   * Opens each of the calls that append one text for as long as any of them. Where nothing is ever
   * replaced, one text shows them all, but for some that come later: then the <i>n</i>th that is
   * shown stands after the <i>n</i>th invocation and before the <i>n</i>th return.
   */
  private void widen(List<Integer> by, boolean replaced) {
    long[] returns = new long[by.size()];
    for (int n = 0; n < returns.length; n++) {
      returns[n] = Sweep.returned(calls.get(by.get(n)));
    }
    Arrays.sort(returns);
    for (int n = 0; n < returns.length; n++) {
      int first = by.get(replaced ? 0 : n);
      long returned = returns[replaced ? returns.length - 1 : n];
      steps.open(by.get(n), calls.get(first).operation().invoked(), returned);
    }
  }

  private List<Integer> by(List<Integer> makers, String f) {
    return makers.stream().filter(i -> calls.get(i).f().equals(f)).toList();
  }

  /** The first return of a put or append: what is appended later does not begin a text. */
  private long firstChange() {
    return calls.stream()
        .filter(call -> call.f().equals("put") || call.f().equals("append"))
        .mapToLong(Sweep::returned)
        .min()
        .orElse(Operation.NEVER);
  }

  private String text(int get) {
    return calls.get(get).output() instanceof String text ? text : "";
  }

  private void chain(Text text, Pieces pieces, boolean put) {
    List<String> cut = pieces.cut(text.longest);
    int length = 0;
    int before = 0;
    int last = -1;
    for (String piece : cut == null ? List.<String>of() : cut) {
      boolean first = length == 0 && put;
      int maker = maker(piece, first ? "put" : "append", last);
      length += piece.length();
      if (maker < 0) {
        // Shown too often, or put in the middle: from here on nobody can have made it.
        return;
      }
      int state = steps.state();
      text.states[length] = state;
      step(maker, first ? Chains.ANY : before, state);
      before = state;
      last = maker;
    }
  }

  /**
   * One that made a piece, has no place yet, and may come after another: whoever returns first, as
   * it cannot come late; if widened, the first. -1 for none.
   */
  private int maker(String piece, String f, int after) {
    int best = -1;
    for (int maker : by(makers.getOrDefault(piece, List.of()), f)) {
      if (stepped[maker]) {
        continue;
      }
      if (widened) {
        return maker;
      }
      Call call = calls.get(maker);
      boolean late = after >= 0 && call.operation().precedes(calls.get(after).operation());
      if (!late && (best < 0 || Sweep.returned(call) < Sweep.returned(calls.get(best)))) {
        best = maker;
      }
    }
    return best;
  }
}
