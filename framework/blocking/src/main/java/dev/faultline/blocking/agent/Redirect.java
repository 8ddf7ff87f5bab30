package dev.faultline.blocking.agent;

import java.util.List;

/**
 * What is called or read, and what instead.
 *
 * @param only the one class, or family of classes by prefix, in which it is changed; empty for all
 * @param member what the class file names now
 * @param instead what it shall name
 * @param call whether the instruction becomes a static call; else only the name is changed
 */
record Redirect(String only, Member member, Member instead, boolean call) {

  /** A method or field by its internal names. */
  record Member(String owner, String name, String descriptor) {}

  private static final String HOOKS = "dev/faultline/blocking/boot/Hooks";
  private static final String IMMUTABLE = "java/util/ImmutableCollections";
  private static final String VIRTUAL = "java/lang/VirtualThread";

  /** All that the agent changes. */
  static List<Redirect> all() {
    return List.of(
        name("", new Member("java/lang/System", "nanoTime", "()J")),
        name("", new Member("java/lang/System", "currentTimeMillis", "()J")),
        name("", new Member("jdk/internal/misc/VM", "getNanoTimeAdjustment", "(J)J")),
        name(
            "",
            new Member(
                "java/util/concurrent/Executors",
                "defaultThreadFactory",
                "()Ljava/util/concurrent/ThreadFactory;")),
        name("java/lang/Thread", new Member("java/lang/Thread$ThreadIdentifiers", "next", "()J")),
        name(IMMUTABLE + "$", new Member(IMMUTABLE, "SALT32L", "J")),
        name(IMMUTABLE + "$", new Member(IMMUTABLE, "REVERSE", "Z")),
        // The thread that would wake up who waits for a monitor, at a moment of its own, never
        // starts: it is interrupted instead, which does nothing to it. Universe does its work.
        new Redirect(
            VIRTUAL,
            new Member("java/lang/Thread", "start", "()V"),
            new Member("java/lang/Thread", "interrupt", "()V"),
            false),
        call("java/lang/Thread", "start0", "()V", "(Ljava/lang/Thread;)V"),
        call(VIRTUAL, "parkOnCarrierThread", "(ZJ)V", "(Ljava/lang/Thread;ZJ)V"));
  }

  private static Redirect name(String only, Member member) {
    return new Redirect(only, member, new Member(HOOKS, member.name(), member.descriptor()), false);
  }

  private static Redirect call(String only, String name, String descriptor, String instead) {
    return new Redirect(
        only, new Member(only, name, descriptor), new Member(HOOKS, name, instead), true);
  }

  /** Whether it may be changed in a class. */
  boolean appliesTo(String className) {
    return only.endsWith("$")
        ? className.startsWith(only)
        : only.isEmpty() || className.equals(only);
  }

  @Override
  public String toString() {
    return member.owner() + "." + member.name();
  }
}
