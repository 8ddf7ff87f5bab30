package dev.faultline.targets.reference;

/** Numbers, each given out once. */
final class Ids implements Kind {
  private long last;

  @Override
  public boolean changes(String f) {
    return true;
  }

  @Override
  public Answer apply(Call call) {
    return call.f().equals("generate") ? Answer.done(++last) : Kind.unknown(call);
  }
}
