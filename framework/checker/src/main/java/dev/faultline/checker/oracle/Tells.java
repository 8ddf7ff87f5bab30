package dev.faultline.checker.oracle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What an answer says, by the table in {@code docs/checkers.md}. */
enum Tells {
  /** Whatever comes back, it says nothing. */
  NOTHING {
    @Override
    boolean fits(@Nullable Object told, @Nullable Object answer) {
      return true;
    }
  },
  /** False if it was not done; all else that it was. */
  PERMISSION {
    @Override
    boolean fits(@Nullable Object told, @Nullable Object answer) {
      return Boolean.FALSE.equals(told) == Boolean.FALSE.equals(answer);
    }
  },
  /** The value. */
  VALUE {
    @Override
    boolean fits(@Nullable Object told, @Nullable Object answer) {
      return Objects.equals(told, answer);
    }
  },
  /** The value, or no answer at all. */
  VALUE_OR_NOTHING {
    @Override
    boolean fits(@Nullable Object told, @Nullable Object answer) {
      return told == null || told.equals(answer);
    }
  },
  /** True or false; all else says nothing. */
  FLAG_OR_NOTHING {
    @Override
    boolean fits(@Nullable Object told, @Nullable Object answer) {
      return !(told instanceof Boolean) || told.equals(answer);
    }
  },
  /** Each element once, in any order. */
  ELEMENTS {
    @Override
    boolean fits(@Nullable Object told, @Nullable Object answer) {
      return told instanceof List<?> list
          && answer instanceof Set<?> set
          && list.size() == set.size()
          && set.equals(new HashSet<>(list));
    }
  },
  /** A list, where nothing stands for the empty one. */
  ITEMS {
    @Override
    boolean fits(@Nullable Object told, @Nullable Object answer) {
      return Objects.equals(told == null ? List.of() : told, answer);
    }
  },
  /** What was asked, with what was found filled in. */
  PARTS {
    @Override
    boolean fits(@Nullable Object told, @Nullable Object answer) {
      if (!(told instanceof List<?> parts)
          || !(answer instanceof List<?> right)
          || parts.size() != right.size()) {
        return false;
      }
      for (int i = 0; i < parts.size(); i++) {
        if (!(parts.get(i) instanceof List<?> part)
            || !(right.get(i) instanceof List<?> want)
            || part.size() != 3
            || !Objects.equals(part.get(0), want.get(0))
            || part.get(1) == null
            || !String.valueOf(part.get(1)).equals(String.valueOf(want.get(1)))) {
          return false;
        }
        boolean list = want.get(2) instanceof List<?>;
        if (!(list ? ITEMS : VALUE).fits(part.get(2), want.get(2))) {
          return false;
        }
      }
      return true;
    }
  };

  abstract boolean fits(@Nullable Object told, @Nullable Object answer);

  /** How a client records the answer. */
  @Nullable Object tell(@Nullable Object answer, RandomGenerator random) {
    boolean silent = random.nextInt(3) == 0;
    return switch (this) {
      case NOTHING -> null;
      case PERMISSION -> answer != null || silent ? answer : (Object) true;
      case VALUE, ITEMS, PARTS -> answer;
      case VALUE_OR_NOTHING, FLAG_OR_NOTHING -> silent ? null : answer;
      case ELEMENTS -> {
        List<Object> elements = new ArrayList<>(answer instanceof Set<?> set ? set : Set.of());
        for (int i = elements.size() - 1; i > 0; i--) {
          Collections.swap(elements, i, random.nextInt(i + 1));
        }
        yield elements;
      }
    };
  }
}
