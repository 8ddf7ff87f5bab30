package dev.faultline.targets.reference;

/** Objects of one kind: what calls do to them one after another. Deterministic. */
interface Kind {
  /** Whether such a call may change something; those that do not are not kept. */
  boolean changes(String f);

  /** Carries a call out. */
  Answer apply(Call call);

  /** For a function that there is not. */
  static Answer unknown(Call call) {
    return Answer.no(call.on() + " has no '" + call.f() + "'");
  }
}
