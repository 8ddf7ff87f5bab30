package dev.faultline.harness.host;

import dev.faultline.harness.Client;
import dev.faultline.harness.Client.Result;
import dev.faultline.harness.Cluster;
import java.util.function.Consumer;

/** A blocking client that runs inside the harness, on a virtual thread. */
public final class SessionPort implements Cluster.Host {
  private final Client.Blocking client;
  private final Client.Context context;
  private HostSession session;

  public SessionPort(Client.Blocking client, Client.Context context) {
    this.client = client;
    this.context = context;
    this.session = fresh();
  }

  @Override
  public synchronized void invoke(Client.Invocation op, Consumer<Result> answer) {
    session.submit(op, answer);
  }

  @Override
  public synchronized void reopen() {
    session.giveUp();
    session = fresh();
  }

  private HostSession fresh() {
    return new HostSession(context.client(), () -> client.open(context));
  }
}
