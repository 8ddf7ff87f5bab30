package dev.faultline.targets.reference;

import org.jspecify.annotations.Nullable;

/**
 * Which node leads, as the primary has it: who asks while nobody does. There is no term by a clock:
 * a leader gives up by itself, or starts again and asks anew.
 */
final class Election implements Kind {
  private @Nullable String leader;
  private long incarnation;
  private long term;

  @Override
  public boolean changes(String f) {
    return true;
  }

  @Override
  public Answer apply(Call call) {
    boolean mine = call.client().equals(leader);
    return switch (call.f()) {
      case "stand" -> {
        if (leader != null && !mine) {
          yield Answer.no(leader + " leads");
        }
        long by = call.value() instanceof Long n ? n : 0;
        if (!mine || by != incarnation) {
          // An earlier incarnation believes nothing any more.
          term++;
        }
        leader = call.client();
        incarnation = by;
        yield Answer.done(term);
      }
      case "yield" -> {
        if (mine && Long.valueOf(term).equals(call.value())) {
          leader = null;
        }
        yield Answer.done(null);
      }
      default -> Kind.unknown(call);
    };
  }
}
