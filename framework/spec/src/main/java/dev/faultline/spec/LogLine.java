package dev.faultline.spec;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A line of a real system's log as the anchor of a fault. It is an event like any other, under a
 * name of its own.
 *
 * @param pattern a {@link Pattern}, found anywhere in the line
 * @param node whose log; null for any
 */
public record LogLine(String pattern, @Nullable String node) {
  private static final String PREFIX = "log";

  /**
   * @throws IllegalArgumentException if that is no pattern
   */
  public LogLine {
    try {
      Pattern unused = Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "'" + pattern + "' is no pattern: " + e.getDescription(), e);
    }
  }

  /** The name of the event. */
  public String event() {
    return PREFIX + (node == null ? "" : "@" + node) + ": " + pattern;
  }

  /** What an event's name says, if it is that of a line. */
  static @Nullable LogLine of(String event) {
    int colon = event.indexOf(": ");
    if (colon < 0 || !(event.startsWith(PREFIX + ":") || event.startsWith(PREFIX + "@"))) {
      return null;
    }
    String node = colon == PREFIX.length() ? null : event.substring(PREFIX.length() + 1, colon);
    return new LogLine(event.substring(colon + 2), node);
  }

  /** The line that an anchor waits for, if it waits for one. */
  public static @Nullable LogLine of(Anchor anchor) {
    return anchor instanceof Anchor.On on ? of(on.event()) : null;
  }
}
