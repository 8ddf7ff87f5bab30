package dev.faultline.checker.oracle;

import dev.faultline.checker.oracle.Toy.Ask;
import dev.faultline.checker.oracle.Toy.Did;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Locks, semaphores and leases. Refusals are answers: {@code false}. */
final class Locks {
  private Locks() {}

  static @Nullable Toy find(Map<String, ?> params) {
    return switch (String.valueOf(params.get("model"))) {
      case "owned-mutex" ->
          new Toy(params, List.of(), (state, ask) -> hold(state, ask, false))
              .asked(Tells.PERMISSION, Toys.NOTHING, "acquire", "release");
      case "reentrant-mutex" ->
          new Toy(params, List.of(), (state, ask) -> hold(state, ask, true))
              .asked(Tells.PERMISSION, Toys.NOTHING, "acquire", "release");
      case "semaphore" ->
          new Toy(params, Toys.parameter(params, "permits", 1), Locks::semaphore)
              .asked(
                  Tells.PERMISSION,
                  (r, v) -> r.nextInt(3) == 0 ? (Object) (long) r.nextInt(3) : null,
                  "acquire",
                  "release");
      case "fenced-lock" -> fenced(params, false);
      case "lease" -> fenced(params, true);
      default -> null;
    };
  }

  private static Toy fenced(Map<String, ?> params, boolean runsOut) {
    return new Toy(params, new Grant(-1, null), (state, ask) -> granted(state, ask, runsOut))
        .asked(Tells.VALUE, Toys.NOTHING, "acquire", "acquire")
        .asked(Tells.PERMISSION, Toys.NOTHING, "renew", "release");
  }

  /** The state is a pile of one owner's holds. */
  private static List<Did> hold(@Nullable Object state, Ask ask, boolean again) {
    List<?> pile = (List<?>) Objects.requireNonNull(state);
    boolean mine = pile.contains(ask.who());
    boolean acquire = ask.f().equals("acquire");
    if (acquire ? !pile.isEmpty() && !(mine && again) : !mine) {
      return Did.only(false, state);
    }
    return Did.only(null, Collections.nCopies(pile.size() + (acquire ? 1 : -1), ask.who()));
  }

  private static List<Did> semaphore(@Nullable Object state, Ask ask) {
    long left = (Long) Objects.requireNonNull(state);
    long n = ask.input() == null ? 1 : ask.number();
    if (n < 0) {
      throw new Toy.NoQuestion(ask.f() + " " + n);
    }
    if (ask.f().equals("release")) {
      return Did.only(null, left + n);
    }
    return n > left ? Did.only(false, state) : Did.only(null, left - n);
  }

  /** The last token, and who has it now. */
  private record Grant(long token, @Nullable String owner) {}

  private static List<Did> granted(@Nullable Object state, Ask ask, boolean runsOut) {
    Grant grant = (Grant) Objects.requireNonNull(state);
    List<Did> all = new ArrayList<>(held(grant, ask));
    if (runsOut && grant.owner() != null) {
      all.addAll(held(new Grant(grant.token(), null), ask));
    }
    return all;
  }

  private static List<Did> held(Grant grant, Ask ask) {
    boolean mine = ask.who().equals(grant.owner());
    if (!ask.f().equals("acquire")) {
      boolean release = ask.f().equals("release");
      return mine
          ? Did.only(null, release ? new Grant(grant.token(), null) : grant)
          : Did.only(false, grant);
    }
    if (grant.owner() != null && !mine) {
      return Did.only(false, grant);
    }
    TreeSet<Long> tokens = new TreeSet<>();
    tokens.add(grant.token() + 1);
    for (Object guess : ask.guesses()) {
      if (guess instanceof Long token && token > grant.token()) {
        tokens.add(token);
      }
    }
    List<Did> all = new ArrayList<>();
    if (mine) {
      all.add(new Did(grant.token(), grant));
    }
    for (long token : tokens) {
      all.add(new Did(token, new Grant(token, ask.who())));
    }
    return all;
  }
}
