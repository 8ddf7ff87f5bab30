package dev.faultline.containers;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Something that is up with its first line, such as the time server. */
final class PlainLife implements Life {
  private final CountDownLatch spoke = new CountDownLatch(1);

  @Override
  public void prepare(int incarnation) {}

  @Override
  public void started(int incarnation, Duration within) throws IOException {
    try {
      if (!spoke.await(within.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("it says nothing");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void begin(Duration within) {}

  @Override
  public void line(String line) {
    spoke.countDown();
  }

  @Override
  public void died(String why) {}

  @Override
  public void close() {}
}
