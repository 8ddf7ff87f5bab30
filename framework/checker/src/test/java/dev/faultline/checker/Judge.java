package dev.faultline.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.history.History;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks histories as people write them, through the registry. */
public final class Judge {
  private Judge() {}

  /** The verdict of a property's checker. */
  public static Verdict judge(
      String property, Map<String, ? extends @Nullable Object> params, String history) {
    return Checkers.create(property, params).check(History.parse(history), Budget.standard());
  }

  /** The rule holds, and was applied so often. */
  public static void valid(String property, long examined, String history) {
    Verdict verdict = judge(property, Map.of(), history);
    assertThat(verdict).as("%s", verdict).isInstanceOf(Verdict.Valid.class);
    assertThat(((Verdict.Valid) verdict).examined()).isEqualTo(examined);
  }

  /** The rule is broken, by this clause. */
  public static Witness invalid(String property, String clause, String history) {
    Verdict verdict = judge(property, Map.of(), history);
    assertThat(verdict).as("%s", verdict).isInstanceOf(Verdict.Invalid.class);
    assertThat(((Verdict.Invalid) verdict).clause()).isEqualTo(clause);
    return ((Verdict.Invalid) verdict).witness();
  }

  /** Not decided; the reason. */
  public static String unknown(String property, String history) {
    Verdict verdict = judge(property, Map.of(), history);
    assertThat(verdict).as("%s", verdict).isInstanceOf(Verdict.Unknown.class);
    assertThat(((Verdict.Unknown) verdict).remedy()).isNotEmpty();
    return ((Verdict.Unknown) verdict).reason();
  }
}
