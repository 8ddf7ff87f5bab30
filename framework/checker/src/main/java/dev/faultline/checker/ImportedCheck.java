package dev.faultline.checker;

import dev.faultline.history.History;
import dev.faultline.history.formats.FirstValues;
import dev.faultline.history.formats.Imported;
import dev.faultline.history.formats.Meaning;
import dev.faultline.history.formats.Meaning.Starts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Judges a file by what its format and content mean: the property and model that the importer found
 * unless somebody names others, and what an object held at first.
 *
 * @param history what was judged: what was read, and perhaps first values written before it
 * @param property what it was judged by
 * @param params of the checker, its model among them
 * @param verdict what came of it
 * @param notes how the file was understood, one sentence each
 */
public record ImportedCheck(
    History history,
    String property,
    Map<String, @Nullable Object> params,
    Verdict verdict,
    List<String> notes) {
  private static final Set<String> START_UNTOLD =
      Set.of("register", "cas-register", "cas-register-observing", "multi-register");
  private static final String INIT = "init";
  private static final String MODEL = "model";

  /**
   * Judges what was read.
   *
   * @param params what somebody named: {@code model}, and parameters of it
   * @param budget makes the budget of one check
   * @throws dev.faultline.json.JsonException if there is no such model, or a parameter is wrong
   */
  public static ImportedCheck of(
      Imported imported, Map<String, ? extends @Nullable Object> params, Supplier<Budget> budget) {
    Meaning meaning = imported.meaning();
    History history = imported.history();
    if (meaning.property().equals(Meaning.ISOLATION) && !params.containsKey(MODEL)) {
      return new ImportedCheck(
          history,
          Meaning.ISOLATION,
          Map.of(),
          new Verdict.Unknown(
              "no checker for isolation",
              "small ones can be judged as one object, by the model list-append or multi-register"),
          meaning.notes());
    }
    Map<String, @Nullable Object> all = params(meaning, params);
    String property = params.containsKey(MODEL) ? Meaning.LINEARIZABLE : meaning.property();
    if (property.equals(Meaning.LINEARIZABLE) && !all.containsKey(MODEL)) {
      return new ImportedCheck(
          history,
          property,
          all,
          new Verdict.Unknown(
              "the operations fit no one model",
              "name one with --model; known are those of --help"),
          meaning.notes());
    }
    return new Judge(property, all, meaning.notes(), budget).judge(history, meaning.starts());
  }

  private static Map<String, @Nullable Object> params(
      Meaning meaning, Map<String, ? extends @Nullable Object> given) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    Object named = given.get(MODEL);
    String model = meaning.model();
    if (model != null) {
      all.put(MODEL, model);
    }
    if (named == null || named.equals(model)) {
      all.putAll(meaning.params());
      if (meaning.starts() instanceof Starts.With with) {
        all.put(INIT, with.value());
      }
    }
    all.putAll(given);
    return all;
  }

  /** One file's judging. */
  private record Judge(
      String property,
      Map<String, @Nullable Object> params,
      List<String> meant,
      Supplier<Budget> budget) {
    ImportedCheck judge(History history, Starts starts) {
      boolean untold =
          starts instanceof Starts.Untold
              && !params.containsKey(INIT)
              && START_UNTOLD.contains(String.valueOf(params.get(MODEL)));
      if (!untold) {
        return judged(history, null);
      }
      Set<@Nullable Object> found = FirstValues.zeroFound(history);
      if (!found.isEmpty()) {
        return judged(
            FirstValues.withZero(history, found),
            "At first 0, as somebody found before anybody wrote it%s.".formatted(text(found)));
      }
      ImportedCheck empty =
          judged(history, "What was there at first is not told; taken as nothing.");
      Set<@Nullable Object> useful = FirstValues.zeroUseful(history);
      if (!(empty.verdict instanceof Verdict.Invalid) || useful.isEmpty()) {
        return empty;
      }
      String note = "At first 0%s, without which there is no order.".formatted(text(useful));
      ImportedCheck zero = judged(FirstValues.withZero(history, useful), note);
      return zero.verdict instanceof Verdict.Invalid ? empty : zero;
    }

    private ImportedCheck judged(History history, @Nullable String note) {
      List<String> notes = new ArrayList<>(meant);
      if (note != null) {
        notes.add(note);
      }
      Verdict verdict = Checkers.create(property, params).check(history, budget.get());
      return new ImportedCheck(history, property, params, verdict, notes);
    }

    private static String text(Set<@Nullable Object> keys) {
      List<String> named = keys.stream().filter(k -> k != null).map(String::valueOf).toList();
      return named.isEmpty() ? "" : " (" + String.join(", ", named) + ")";
    }
  }
}
