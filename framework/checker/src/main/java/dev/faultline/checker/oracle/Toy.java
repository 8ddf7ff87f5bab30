package dev.faultline.checker.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** An object that is played: asked something in a state, it tells all that may happen. */
final class Toy {
  /**
   * What is asked.
   *
   * @param who by whom
   * @param guesses for objects that are free to choose: answers worth trying
   */
  record Ask(
      String f, @Nullable Object input, @Nullable Object key, String who, List<Object> guesses) {
    long number() {
      if (input instanceof Long n) {
        return n;
      }
      throw new NoQuestion(f + " of " + input);
    }

    Object value() {
      if (input == null) {
        throw new NoQuestion(f + " of nothing");
      }
      return input;
    }

    List<?> list(int size) {
      if (input instanceof List<?> list && (size == 0 ? !list.isEmpty() : list.size() == size)) {
        return list;
      }
      throw new NoQuestion(f + " of " + input);
    }
  }

  /** What may happen; {@code failed}: the answer is a failure, and nothing changed. */
  record Did(@Nullable Object answer, @Nullable Object state, boolean failed) {
    Did(@Nullable Object answer, @Nullable Object state) {
      this(answer, state, false);
    }

    static List<Did> only(@Nullable Object answer, @Nullable Object state) {
      return List.of(new Did(answer, state));
    }
  }

  /** What one cannot ask the object. */
  static final class NoQuestion extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoQuestion(String what) {
      super(what, null, false, false);
    }
  }

  /** States are immutable. Nothing that may happen: it waits, for ever if need be. */
  interface Rule {
    List<Did> play(@Nullable Object state, Ask ask);
  }

  /** How the input of a function is made; null for none. */
  interface Input {
    @Nullable Object make(RandomGenerator random, Values values);
  }

  /** Where values come from: each once, or a few again and again. */
  interface Values {
    long next();
  }

  record Question(String f, Tells tells, Input input) {}

  private final Map<String, ?> params;
  private final @Nullable Object fresh;
  private final Rule rule;
  private final List<Question> questions = new ArrayList<>();
  private final Map<String, Tells> tells = new HashMap<>();
  private boolean failures;
  private boolean across;

  Toy(Map<String, ?> params, @Nullable Object fresh, Rule rule) {
    this.params = params;
    this.fresh = fresh;
    this.rule = rule;
  }

  /** Makes it know functions; a name that comes twice is asked for twice as often. */
  Toy asked(Tells how, Input input, String... names) {
    for (String f : names) {
      questions.add(new Question(f, how, input));
      tells.put(f, how);
    }
    return this;
  }

  /** Makes it know functions that nobody asks for of himself. */
  Toy knowing(Tells how, String... names) {
    for (String f : names) {
      tells.put(f, how);
    }
    return this;
  }

  Toy answeringFailures() {
    failures = true;
    return this;
  }

  Toy acrossAllKeys() {
    across = true;
    return this;
  }

  /** The checker's parameters. */
  Map<String, ?> params() {
    return params;
  }

  @Nullable Object fresh() {
    return fresh;
  }

  List<Did> play(@Nullable Object state, Ask ask) {
    if (!tells.containsKey(ask.f())) {
      throw new NoQuestion(ask.f());
    }
    return rule.play(state, ask);
  }

  boolean fits(String f, @Nullable Object told, @Nullable Object answer) {
    return Objects.requireNonNull(tells.get(f)).fits(told, answer);
  }

  /** How a client records the answer. */
  @Nullable Object told(String f, @Nullable Object answer, RandomGenerator random) {
    return Objects.requireNonNull(tells.get(f)).tell(answer, random);
  }

  /** An answer that it never gave; the same if the answer says nothing. */
  @Nullable Object phantom(String f, @Nullable Object answer) {
    Tells how = Objects.requireNonNull(tells.get(f));
    if (how == Tells.NOTHING) {
      return answer;
    }
    if (how == Tells.PERMISSION) {
      return Boolean.FALSE.equals(answer) ? true : (Object) false;
    }
    return Slip.phantom(answer);
  }

  Question any(RandomGenerator random) {
    return questions.get(random.nextInt(questions.size()));
  }

  /** Whether the failure of this function is an answer; else it says that nothing happened. */
  boolean failureIsAnswer(String f) {
    return failures && f.equals("cas");
  }

  /** Whether calls name several keys in their values: then all keys are one object. */
  boolean acrossKeys() {
    return across;
  }
}
