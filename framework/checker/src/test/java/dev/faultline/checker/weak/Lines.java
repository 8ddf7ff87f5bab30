package dev.faultline.checker.weak;

/** Writes histories of registers by key. */
final class Lines {
  private Lines() {}

  /** {@code "p0@n1 x=1"} writes, {@code "p0@n1 x?1"} reads; one after another. */
  static String lines(String... ops) {
    StringBuilder lines = new StringBuilder();
    for (String op : ops) {
      lines.append(begin(op)).append(end(op));
    }
    return lines.toString();
  }

  static String begin(String op) {
    int at = op.indexOf(' ');
    String who = op.substring(0, at);
    String key = op.substring(at + 1, at + 2);
    return op.charAt(at + 2) == '='
        ? "%s invoke write key=%s %s\n".formatted(who, key, op.substring(at + 3))
        : "%s invoke read key=%s\n".formatted(who, key);
  }

  static String end(String op) {
    int at = op.indexOf(' ');
    String who = op.substring(0, at);
    String key = op.substring(at + 1, at + 2);
    return op.charAt(at + 2) == '='
        ? "%s ok write key=%s\n".formatted(who, key)
        : "%s ok read key=%s %s\n".formatted(who, key, op.substring(at + 3));
  }

  /** A write with an unknown outcome. */
  static String info(String op) {
    return begin(op) + end(op).replace(" ok ", " info ").replace("\n", " !timeout\n");
  }
}
