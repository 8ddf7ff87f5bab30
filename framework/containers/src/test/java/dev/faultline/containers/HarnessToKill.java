package dev.faultline.containers;

import dev.faultline.harness.warden.ProcessWarden;
import java.nio.file.Path;

/** A harness that starts a cluster, says so, and waits for its death. */
final class HarnessToKill {
  private HarnessToKill() {}

  public static void main(String[] args) throws Exception {
    ProcessWarden warden = ProcessWarden.start(args[0]);
    Seen seen = new Seen();
    new ContainerCluster(Toy.request(args[0], Path.of(args[1]), seen, warden)).start().get();
    System.out.println("up");
    Thread.currentThread().join();
  }
}
