package dev.faultline.reports;

import java.util.ArrayList;
import java.util.List;

/** Where labels already are in a chart, so that none covers another. */
final class Places {
  private static final double HEIGHT = 11;
  private static final double GAP = 4;

  private final List<Place> taken = new ArrayList<>();

  private record Place(double x, double y, double width) {
    boolean meets(Place other) {
      return x < other.x + other.width + GAP
          && other.x < x + width + GAP
          && Math.abs(y - other.y) < HEIGHT;
    }
  }

  /** Takes a place for a text whose base line begins there; false if it is taken. */
  boolean take(double x, double y, String text) {
    Place place = new Place(x, y, Labels.width(text));
    if (taken.stream().anyMatch(place::meets)) {
      return false;
    }
    taken.add(place);
    return true;
  }
}
