package dev.faultline.checker.model;

import dev.faultline.history.Operation;
import dev.faultline.history.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An operation as a model sees it. Whole numbers are longs, whatever their width in the history.
 *
 * @param f the function
 * @param input the invocation's value
 * @param output the completion's value; null unless {@link #known}: what came with an unknown
 *     outcome or a failure is no answer
 * @param operation the whole of it
 */
public record Call(String f, @Nullable Object input, @Nullable Object output, Operation operation) {
  /** The call of an operation. */
  public static Call of(Operation op) {
    return new Call(op.f(), plain(op.input()), op.ok() ? plain(op.output()) : null, op);
  }

  /** Whether the answer is known: {@code ok}. */
  public boolean known() {
    return operation.ok();
  }

  /** Whether it was {@code fail}; only models that {@link Model#answersFailures} see such. */
  public boolean failed() {
    return operation.outcome() == Outcome.FAIL;
  }

  /** Whether this may have been the answer: it was, or nobody knows it. */
  public boolean answers(@Nullable Object value) {
    return !known() || Objects.equals(output, plain(value));
  }

  /** Whether the answer was {@code false}: the object would not do it. */
  public boolean refused() {
    return known() && Boolean.FALSE.equals(output);
  }

  /** Who asked: the client, which outlives a process that was given up, else the process. */
  public Object owner() {
    String client = operation.client();
    return client != null ? client : (Object) operation.process();
  }

  /** The key as a plain value. */
  public @Nullable Object key() {
    return plain(operation.key());
  }

  /** The input, which must be there. */
  public Object value() {
    if (input == null) {
      throw misfit("no value");
    }
    return input;
  }

  /** The input as a whole number. */
  public long number() {
    if (input instanceof Long n) {
      return n;
    }
    throw misfit("value " + input + ", want a whole number");
  }

  /** The input as a list of so many. */
  public List<?> list(int size) {
    if (input instanceof List<?> list && list.size() == size) {
      return list;
    }
    throw misfit("value " + input + ", want a list of " + size);
  }

  /** What to throw when the model does not know this. */
  public Misfit misfit(String problem) {
    return new Misfit(this, problem);
  }

  /** What to throw for a function that the model does not have. */
  public Misfit unknown(String known) {
    return misfit("unknown function; known: " + known);
  }

  /** Whole numbers as longs, also inside of lists. */
  public static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof Integer i) {
      return i.longValue();
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> plain = new ArrayList<>(list.size());
      for (Object element : list) {
        plain.add(plain(element));
      }
      return Collections.unmodifiableList(plain);
    }
    return value;
  }
}
