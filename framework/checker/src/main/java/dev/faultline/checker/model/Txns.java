package dev.faultline.checker.model;

import java.util.Set;
import java.util.TreeMap;

/** Objects of several keys, with transactions over them; what their keys hold, by key. */
abstract class Txns implements Model<TreeMap<String, Object>> {
  @Override
  public TreeMap<String, Object> initial() {
    return new TreeMap<>();
  }

  @Override
  public boolean acrossKeys() {
    return true;
  }

  @Override
  public Set<?> cells(Call call) {
    return Txn.keys(call);
  }

  @Override
  public boolean observes(Call call) {
    return Txn.onlyReads(call);
  }
}
