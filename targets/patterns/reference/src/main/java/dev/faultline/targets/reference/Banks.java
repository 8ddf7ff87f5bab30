package dev.faultline.targets.reference;

import dev.faultline.json.JsonView;
import java.util.Map;
import java.util.TreeMap;

/** Accounts that never have less than nothing. */
final class Banks implements Kind {
  private final Defect defect;
  private final Map<String, Long> accounts = new TreeMap<>();

  /** What a broken variant has taken from one account and not yet given to another. */
  private final Map<String, Long> owed = new TreeMap<>();

  Banks(Defect defect) {
    this.defect = defect;
  }

  @Override
  public boolean changes(String f) {
    return !f.equals("read");
  }

  @Override
  public Answer apply(Call call) {
    return switch (call.f()) {
      case "open" -> {
        JsonView value = JsonView.of("open", call.value());
        accounts.putIfAbsent(value.get("account").string(), value.get("balance").integer());
        yield Answer.done(null);
      }
      case "transfer" -> transfer(JsonView.of("transfer", call.value()));
      case "read" -> Answer.done(new TreeMap<>(accounts));
      default -> Kind.unknown(call);
    };
  }

  private Answer transfer(JsonView value) {
    owed.forEach((account, amount) -> accounts.merge(account, amount, Long::sum));
    owed.clear();
    String from = value.get("from").string();
    String to = value.get("to").string();
    long amount = value.get("amount").integer();
    if (!accounts.containsKey(to)) {
      return Answer.no("no account " + to);
    }
    if (accounts.getOrDefault(from, 0L) < amount) {
      return Answer.no("too little in " + from);
    }
    accounts.merge(from, -amount, Long::sum);
    (defect.givesAtOnce() ? accounts : owed).merge(to, amount, Long::sum);
    return Answer.done(null);
  }
}
