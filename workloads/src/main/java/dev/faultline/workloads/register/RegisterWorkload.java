package dev.faultline.workloads.register;

import dev.faultline.harness.Target.Option;
import java.util.List;

/**
 * Clients read, write and, if the target can, compare-and-set registers under several keys at a
 * time. A target without compare-and-set declares the option {@code cas} with {@code false} only;
 * one that wants other shares of reads and writes declares {@code writes}. Where a client that is
 * cut off gets stuck with its first change, {@code readers} go on: only they can see old values
 * then.
 */
public final class RegisterWorkload extends Registers {
  @Override
  public String id() {
    return "register";
  }

  @Override
  public String summary() {
    return "read, write and compare-and-set registers under several keys";
  }

  @Override
  public Interface clientInterface() {
    return new Interface("register", List.of(read(), write(), compareAndSet()));
  }

  @Override
  public List<Option> options() {
    return optionsWith(
        new Option("cas", "true", List.of("true", "false"), "whether half of the changes are cas"));
  }

  @Override
  boolean cas(Plan plan) {
    return plan.setup().option("cas").equals("true");
  }
}
