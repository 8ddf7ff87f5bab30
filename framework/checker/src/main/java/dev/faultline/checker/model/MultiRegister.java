package dev.faultline.checker.model;

import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** A register for each key, and transactions over several. */
final class MultiRegister extends Txns {
  @Override
  public String id() {
    return "multi-register";
  }

  @Override
  public String noun() {
    return "set of registers";
  }

  @Override
  public List<TreeMap<String, Object>> step(TreeMap<String, Object> state, Call call) {
    return Txn.step(
        state,
        call,
        null,
        (now, op) -> {
          if (!Set.of("w", "write").contains(op.f())) {
            throw call.unknown("read, write, txn of r, w (or read, write)");
          }
          if (op.value() == null) {
            throw call.misfit("writes nothing to " + op.key());
          }
          return op.value();
        });
  }
}
