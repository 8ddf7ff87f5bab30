package dev.faultline.checker.objects;

import dev.faultline.checker.Budget;
import dev.faultline.checker.Checker;
import dev.faultline.checker.Planting;
import dev.faultline.checker.Property;
import dev.faultline.checker.Verdict;
import dev.faultline.checker.Witness;
import dev.faultline.history.History;
import dev.faultline.history.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Money is neither made nor lost (C-BANK; Jepsen's {@code bank}): violated when an {@code ok} read
 * of all accounts does not sum up to what was brought in ({@code wrong-total}): the total, if that
 * is given, else the balances with which the accounts that it shows were opened. Also when it lacks
 * an account that had been opened before ({@code missing-account}), shows one that nobody opened
 * ({@code unknown-account}), or less than nothing in one where that is not allowed ({@code
 * negative}). Transfers of unknown outcome change no total.
 */
final class BankTotal implements Checker {
  static final Property PROPERTY =
      new Property("bank.total", "transfers leave the sum of all accounts as it was");

  private final @Nullable Long total;
  private final boolean negative;

  /**
   * @param total of all accounts at all times; null if accounts are opened in the history
   */
  BankTotal(@Nullable Long total, boolean negative) {
    this.total = total;
    this.negative = negative;
  }

  @Override
  public Property property() {
    return PROPERTY;
  }

  /** The first time that an account was to be opened, and the first time that this was ok. */
  private record Opened(long balance, Operation asked, @Nullable Operation done) {}

  @Override
  public List<Planting> plantings() {
    return ValuePlantings.BANK;
  }

  @Override
  public Verdict check(History history, Budget budget) {
    Map<String, Opened> opened = opened(history);
    long reads = 0;
    for (Operation op : history.operations()) {
      if (!op.f().equals("read") || !op.ok() || !(op.output() instanceof Map<?, ?> accounts)) {
        continue;
      }
      reads++;
      Verdict bad = judge(op, accounts, opened);
      if (bad != null) {
        return bad;
      }
    }
    Verdict over = Told.exhausted(budget, reads);
    return over == null ? new Verdict.Valid(reads) : over;
  }

  private static Map<String, Opened> opened(History history) {
    Map<String, Opened> opened = new LinkedHashMap<>();
    for (Operation op : history.operations()) {
      if (op.f().equals("open") && !Told.failed(op) && op.input() instanceof Map<?, ?> asked) {
        String account = String.valueOf(asked.get("account"));
        Long balance = Told.number(asked.get("balance"));
        Opened before = opened.get(account);
        Operation first = before == null ? op : before.asked;
        Operation done = before == null ? null : before.done;
        if (op.ok() && (done == null || op.returned() < done.returned())) {
          done = op;
        }
        opened.put(account, new Opened(balance == null ? 0 : balance, first, done));
      }
    }
    return opened;
  }

  private @Nullable Verdict judge(Operation read, Map<?, ?> accounts, Map<String, Opened> opened) {
    long sum = 0;
    long broughtIn = 0;
    for (Map.Entry<?, ?> account : accounts.entrySet()) {
      Long balance = Told.number(account.getValue());
      long has = balance == null ? 0 : balance;
      sum += has;
      if (has < 0 && !negative) {
        return invalid("negative", "Account %s has %d.".formatted(account.getKey(), has), read);
      }
      Opened open = opened.get(String.valueOf(account.getKey()));
      if (total == null && (open == null || open.asked.invoked() > read.returned())) {
        String sentence = "Nobody had opened account %s.".formatted(account.getKey());
        return invalid("unknown-account", sentence, read);
      }
      broughtIn += open == null ? 0 : open.balance;
    }
    if (total == null) {
      for (Map.Entry<String, Opened> open : opened.entrySet()) {
        Operation done = open.getValue().done;
        if (done != null && done.precedes(read) && !accounts.containsKey(open.getKey())) {
          return invalid(
              "missing-account",
              "Account %s was opened, and a read lacks it.".formatted(open.getKey()),
              done,
              read);
        }
      }
    }
    long due = total == null ? broughtIn : total;
    return sum == due
        ? null
        : invalid(
            "wrong-total",
            "All accounts have %d together, and it should be %d.".formatted(sum, due),
            read);
  }

  private static Verdict invalid(String clause, String sentence, Operation... ops) {
    List<Witness.Step> steps = new ArrayList<>();
    for (Operation op : ops) {
      steps.add(Told.step(op, null));
    }
    return new Verdict.Invalid(clause, new Witness(sentence, steps));
  }
}
