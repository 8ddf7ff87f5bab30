package dev.faultline.checker.model;

import java.util.List;
import java.util.TreeMap;

/** A list for each key, to whose end values are appended; and transactions over several. */
final class ListAppend extends Txns {
  @Override
  public String id() {
    return "list-append";
  }

  @Override
  public String noun() {
    return "list that is appended to";
  }

  @Override
  public List<TreeMap<String, Object>> step(TreeMap<String, Object> state, Call call) {
    return Txn.step(
        state,
        call,
        List.of(),
        (now, op) -> {
          if (!op.f().equals("append") || op.value() == null) {
            throw call.unknown("append value, read, txn of append, r");
          }
          return Lists.with(now instanceof List<?> list ? list : List.of(), op.value());
        });
  }
}
