package dev.faultline.blocking;

/**
 * What is run, once for each seed, twice. A class with a public constructor without parameters,
 * loaded anew for each run together with all that it uses, so that statics do not leak from one to
 * the next. Only what it does on the threads of its world is simulated.
 */
@FunctionalInterface
public interface Scenario {
  /**
   * The whole of a run; what still runs on other threads afterwards is abandoned.
   *
   * @throws Exception if something is wrong: the run has failed, which is a finding
   */
  void run(World world) throws Exception;
}
