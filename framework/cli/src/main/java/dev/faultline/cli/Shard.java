package dev.faultline.cli;

import dev.faultline.harness.EnvironmentException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a search, as {@code --shard} names it.
 *
 * @param part from 1
 * @param of how many parts there are
 */
record Shard(long part, long of) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,6})/(\\d{1,6})");

  /**
   * Reads it.
   *
   * @param place where it was given
   */
  static Shard parse(String place, String text) {
    Matcher matcher = FORM.matcher(text);
    if (matcher.matches()) {
      long part = Long.parseLong(matcher.group(1));
      long of = Long.parseLong(matcher.group(2));
      if (part >= 1 && part <= of) {
        return new Shard(part, of);
      }
    }
    throw new EnvironmentException(
        "%s %s: give a part and how many there are, such as 1/4".formatted(place, text));
  }

  @Override
  public String toString() {
    return part + "/" + of;
  }
}
