package dev.faultline.harness.host;

import dev.faultline.harness.Client;
import dev.faultline.harness.Client.Result;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One session and the one thread that uses it; it is opened by the first operation, if not before.
 */
final class HostSession {
  private final Callable<Client.Session> opener;
  private final ExecutorService thread;
  private Client.@Nullable Session session;

  HostSession(String client, Callable<Client.Session> opener) {
    this.opener = opener;
    this.thread =
        Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("session of " + client).factory());
  }

  /** Opens the session now; what keeps it from that is told, and tried again by an operation. */
  void open(Consumer<Result> answer) {
    thread.execute(() -> answer.accept(opened()));
  }

  private Result opened() {
    try {
      if (session == null) {
        session = opener.call();
      }
      return new Result.Ok(null);
    } catch (Exception e) {
      // Nothing of an operation was sent, and opening must not touch the data.
      return new Result.Fail(HostPort.NO_SESSION + ": " + e);
    }
  }

  /** Carries an operation out after those submitted before. */
  void submit(Client.Invocation op, Consumer<Result> answer) {
    thread.execute(() -> answer.accept(carryOut(op)));
  }

  /** Interrupts what runs and closes the session when that has ended. */
  void giveUp() {
    var unused = thread.shutdownNow();
    Thread.ofVirtual().start(this::closeWhenIdle);
  }

  private Result carryOut(Client.Invocation op) {
    Result opened = opened();
    Client.Session open = session;
    if (open == null) {
      return opened;
    }
    try {
      return open.invoke(op);
    } catch (InterruptedException e) {
      return new Result.Info("interrupted");
    } catch (Client.UndoneException e) {
      return new Result.Fail(String.valueOf(e.getMessage()));
    } catch (Exception e) {
      return new Result.Info(e.toString());
    }
  }

  private void closeWhenIdle() {
    try {
      thread.awaitTermination(1, java.util.concurrent.TimeUnit.MINUTES);
      Client.Session open = session;
      if (open != null) {
        open.close();
      }
    } catch (Exception aSessionGivenUp) {
      // Whatever its end is like, nobody uses it any more.
    }
  }
}
