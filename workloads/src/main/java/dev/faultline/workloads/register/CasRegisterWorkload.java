package dev.faultline.workloads.register;

import dev.faultline.harness.Target.Option;
import java.util.List;

/** As {@link RegisterWorkload}, for targets that compare and set: half of the changes do. */
public final class CasRegisterWorkload extends Registers {
  @Override
  public String id() {
    return "cas-register";
  }

  @Override
  public String summary() {
    return "read, write and compare-and-set registers, all three";
  }

  @Override
  public Interface clientInterface() {
    return new Interface("cas-register", List.of(read(), write(), compareAndSet()));
  }

  @Override
  public List<Option> options() {
    return optionsWith();
  }

  @Override
  boolean cas(Plan plan) {
    return true;
  }
}
