package dev.faultline.spec;

import dev.faultline.json.JsonView;
import java.util.Locale;

/** What is demanded after the faults, in virtual time; real time knows only {@link #NONE}. */
public enum Ending {
  /** All is healed, then come the final reads. */
  NONE,
  /** All is healed, and then there must be progress. */
  ALL,
  /**
   * Only as many nodes are healed as suffice for progress, drawn from the seed; the others stay cut
   * off until the final reads.
   */
  MAJORITY;

  /** As it stands in JSON. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The member {@code ending} of an object; {@link #NONE} if there is none. */
  public static Ending of(JsonView view) {
    JsonView found = view.find("ending");
    if (found == null) {
      return NONE;
    }
    for (Ending ending : values()) {
      if (ending.word().equals(found.string())) {
        return ending;
      }
    }
    throw found.error("no ending '" + found.string() + "'; known: none, all, majority");
  }
}
