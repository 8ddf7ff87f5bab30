package dev.faultline.workloads.register;

import dev.faultline.harness.Client.Invocation;
import dev.faultline.harness.Client.Result;
import dev.faultline.harness.Client.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session of the interface {@code register} for a library that blocks: all that an adapter writes
 * is what reading, writing and comparing are. What is thrown makes the outcome unknown.
 */
public interface RegisterSession extends Session {
  /** Why {@code cas} fails: what is there was compared, and is another number. */
  String MISMATCH = "mismatch";

  /** The number under a key, or null. */
  @Nullable Long read(String key) throws Exception;

  /** Writes a number, whether or not there is one. */
  void write(String key, long value) throws Exception;

  /**
   * Writes a number if there is the expected one, null for none, in one step. Whether it did; no
   * only if it certainly did not.
   */
  boolean compareAndSet(String key, @Nullable Long expected, long value) throws Exception;

  @Override
  default Result invoke(Invocation op) throws Exception {
    String key = String.valueOf(op.key());
    return switch (op.f()) {
      case "read" -> new Result.Ok(read(key));
      case "write" -> {
        write(key, number(op.value()));
        yield new Result.Ok(null);
      }
      case "cas" -> {
        if (!(op.value() instanceof List<?> pair) || pair.size() != 2) {
          throw new IllegalArgumentException("cas wants [expected, new], not " + op.value());
        }
        Long expected = pair.get(0) == null ? null : number(pair.get(0));
        yield compareAndSet(key, expected, number(pair.get(1)))
            ? new Result.Ok(null)
            : new Result.Fail(MISMATCH);
      }
      default -> throw new IllegalArgumentException("no function '" + op.f() + "'");
    };
  }

  private static long number(@Nullable Object value) {
    if (value instanceof Long number) {
      return number;
    }
    throw new IllegalArgumentException("want a whole number, found " + value);
  }
}
