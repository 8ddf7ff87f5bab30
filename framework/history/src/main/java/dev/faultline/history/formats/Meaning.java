package dev.faultline.history.formats;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a file was understood: what its format leaves open is decided here, once, and told.
 *
 * @param format what it was read as
 * @param property what a history of this kind is judged by when nobody says; {@code isolation} for
 *     transactions, for which there is no checker yet
 * @param model id of the model that its operations fit; null if that is not clear
 * @param params of the model
 * @param starts what the object holds at first
 * @param notes ties, failed compare-and-set, reads of nothing and what else was decided, one
 *     sentence each
 */
public record Meaning(
    Format format,
    String property,
    @Nullable String model,
    Map<String, Object> params,
    Starts starts,
    List<String> notes) {
  /** The property of most histories. */
  public static final String LINEARIZABLE = "linearizable";

  /** The property of transactions. */
  public static final String ISOLATION = "isolation";

  public Meaning {
    params = Map.copyOf(params);
    notes = List.copyOf(notes);
  }

  /** What an object holds at first. */
  public sealed interface Starts {
    /** What its model says. */
    record AsTheModel() implements Starts {}

    /** This. */
    record With(Object value) implements Starts {}

    /** The file does not tell. */
    record Untold() implements Starts {}
  }

  /** A meaning whose object starts as its model does. */
  static Meaning of(Format format, @Nullable String model, String... notes) {
    return new Meaning(
        format, LINEARIZABLE, model, Map.of(), new Starts.AsTheModel(), List.of(notes));
  }

  /** Transactions. */
  static Meaning transactions(Format format, String... notes) {
    return new Meaning(format, ISOLATION, null, Map.of(), new Starts.AsTheModel(), List.of(notes));
  }
}
