package dev.faultline.node.process;

/** Threads of a node's process beside its loop; none keeps the process alive. */
final class Threads {
  private Threads() {}

  /** What a thread does; an interrupt ends it, anything else that it throws ends the process. */
  interface Body {
    void run() throws InterruptedException;
  }

  static void start(String name, Body body) {
    Thread thread = new Thread(() -> run(body), name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void run(Body body) {
    try {
      body.run();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }
}
