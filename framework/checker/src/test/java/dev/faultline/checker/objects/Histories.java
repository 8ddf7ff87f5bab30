package dev.faultline.checker.objects;

/** Writes histories. */
final class Histories {
  private Histories() {}

  /** An operation that is over before the next line begins. */
  static String ok(String who, String f, String input, String output) {
    return "%s invoke %s %s\n%s ok %s %s\n".formatted(who, f, input, who, f, output);
  }

  static String invoke(String who, String f, String input) {
    return "%s invoke %s %s\n".formatted(who, f, input);
  }

  static String returns(String who, String f, String output) {
    return "%s ok %s %s\n".formatted(who, f, output);
  }

  static String fail(String who, String f, String input) {
    return "%s invoke %s %s\n%s fail %s %s !refused\n".formatted(who, f, input, who, f, input);
  }

  static String info(String who, String f, String input) {
    return "%s invoke %s %s\n%s info %s %s !timeout\n".formatted(who, f, input, who, f, input);
  }
}
