package dev.faultline.checker.model;

import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What an object does when its operations come one after another. Ten lines make one:
 *
 * <pre>{@code
 * Model<Long> counter =
 *     Model.of("my-counter", 0L, (n, call) ->
 *         switch (call.f()) {
 *           case "add" -> List.of(n + call.number());
 *           case "read" -> call.answers(n) ? List.of(n) : List.of();
 *           default -> throw call.unknown("add, read");
 *         });
 * Verdict verdict = Linearizability.of(counter).check(history, Budget.standard());
 * }</pre>
 *
 * What is not overridden costs speed, never a verdict: with {@link #step} alone any history can be
 * judged. Every method must be pure.
 *
 * @param <S> states; immutable, with {@code equals} and {@code hashCode}
 */
public interface Model<S> {
  /** The word in parameters and reports. */
  String id();

  /** What it is called in a sentence: "a ...". */
  default String noun() {
    return id();
  }

  /** Where the object starts. */
  S initial();

  /**
   * The states in which the call may leave the object; none if it cannot have taken effect here, or
   * not with this answer. Several if the object is free to choose. A call that is not {@link
   * Call#known} may have had any answer. An answer of the wrong shape is one that the object never
   * gives: it leads nowhere. A function or an input that the model does not know is no question to
   * this object: then nothing can be said.
   *
   * @throws Misfit if the function or the shape of an input is unknown
   */
  List<S> step(S state, Call call);

  /**
   * The parts of the object that the call touches, where the object is a product of independent
   * parts, such as the elements of a set; null for all of it. Parts that no call connects are
   * judged each by itself. Must not depend on anything but the call.
   */
  default @Nullable Set<?> cells(Call call) {
    return null;
  }

  /** Whether the call leaves every state as it is, wherever it is legal. */
  default boolean observes(Call call) {
    return false;
  }

  /**
   * Whether the call is legal in every state and leaves one and the same state whatever it found,
   * as a write to a register does.
   */
  default boolean overwrites(Call call) {
    return false;
  }

  /**
   * A value such that all calls with it can be taken out of any legal order, and the rest stays
   * legal; null for a call that must stay. Lets explanations and crashed calls be cut.
   */
  default @Nullable Object value(Call call) {
    return null;
  }

  /**
   * What {@code fail} means. False: it did not happen, and says nothing. True: it was an answer;
   * {@link #step} is asked about it.
   */
  default boolean answersFailures() {
    return false;
  }

  /** Whether {@link Call#owner} matters to {@link #step}. */
  default boolean byOwner() {
    return false;
  }

  /**
   * Whether one call may touch several keys, named in its value; then {@link #cells} tells them.
   */
  default boolean acrossKeys() {
    return false;
  }

  /** A model that is its step and nothing more. */
  static <S> Model<S> of(String id, S initial, BiFunction<S, Call, List<S>> step) {
    return new Model<>() {
      @Override
      public String id() {
        return id;
      }

      @Override
      public S initial() {
        return initial;
      }

      @Override
      public List<S> step(S state, Call call) {
        return step.apply(state, call);
      }
    };
  }
}
