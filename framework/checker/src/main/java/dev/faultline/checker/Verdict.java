package dev.faultline.checker;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a history proves about one property. */
public sealed interface Verdict {
  /**
   * The property held in this history.
   *
   * @param examined how many things the rule was applied to; 0 means that nothing was tested
   * @param evidence what lets somebody check this again, such as an order of the operations
   */
  record Valid(long examined, Map<String, @Nullable Object> evidence) implements Verdict {
    public Valid(long examined) {
      this(examined, Map.of());
    }
  }

  /**
   * The property is broken.
   *
   * @param clause which clause of the rule failed, stable over runs, such as {@code older-token}
   * @param witness the evidence, for a person
   */
  record Invalid(String clause, Witness witness) implements Verdict {}

  /**
   * Not decided.
   *
   * @param reason which budget ran out and how far it came, or what is missing
   * @param remedy what to change
   */
  record Unknown(String reason, String remedy) implements Verdict {}
}
