package dev.faultline.blocking.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketOptions;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is behind a {@code Socket} or {@code ServerSocket} of a simulated thread. */
final class SimSocket extends SocketImpl {
  /** After so many milliseconds Linux gives a connect up that has no limit of its own. */
  private static final int CONNECT_LIMIT = 127_000;

  private final Universe universe = Universe.current();
  private final Host.Life life = universe.here();
  private final Waiters waiters = new Waiters(universe);
  private final Map<Integer, Object> options = new LinkedHashMap<>();
  private final Deque<Connection> backlog = new ArrayDeque<>();
  private int backlogLimit;
  private @Nullable Connection connection;
  private boolean refused;
  private boolean closed;

  /**
   * One side of a connection.
   *
   * @param address of the other side, with the port
   */
  private record Connection(Pipe in, Pipe out, InetAddress address, int port) {
    void close() {
      if (in.readerLeaves()) {
        out.reset();
      } else {
        out.end();
      }
    }
  }

  SimSocket() {
    life.sockets.add(this);
  }

  @Override
  protected void create(boolean stream) {}

  @Override
  protected void connect(String host, int port) throws IOException {
    connect(new InetSocketAddress(host, port), 0);
  }

  @Override
  protected void connect(InetAddress host, int port) throws IOException {
    connect(new InetSocketAddress(host, port), 0);
  }

  @Override
  protected void connect(SocketAddress to, int timeout) throws IOException {
    InetSocketAddress server = (InetSocketAddress) to;
    if (server.isUnresolved()) {
      throw new UnknownHostException(server.getHostName());
    }
    address = server.getAddress();
    port = server.getPort();
    if (localport == 0) {
      localport = universe.network.freePort(life.host());
    }
    Host host = universe.host(address);
    if (host != null) {
      universe.network.carry(life.host(), host, () -> knock(host));
    }
    long deadline = Waiters.deadline(universe, timeout == 0 ? CONNECT_LIMIT : timeout);
    while (connection == null) {
      check();
      if (refused) {
        throw new ConnectException("Connection refused");
      }
      if (!waiters.await(deadline)) {
        close();
        throw timeout == 0
            ? new ConnectException("Connection timed out")
            : new SocketTimeoutException("Connect timed out");
      }
    }
  }

  /** The server's side of a connect. */
  private void knock(Host host) {
    SimSocket listener = universe.network.listener(host, port);
    if (listener == null || listener.backlog.size() >= listener.backlogLimit) {
      answer(
          host,
          () -> {
            refused = true;
            waiters.wake();
          });
      return;
    }
    Pipe there = new Pipe(universe, life.host(), host);
    Pipe back = new Pipe(universe, host, life.host());
    listener.backlog.add(new Connection(there, back, life.host().address, localport));
    listener.waiters.wake();
    Connection mine = new Connection(back, there, host.address, port);
    answer(
        host,
        () -> {
          if (closed) {
            mine.close();
          } else {
            connection = mine;
            waiters.wake();
          }
        });
  }

  private void answer(Host host, Runnable arrival) {
    universe.network.carry(host, life.host(), arrival);
  }

  @Override
  protected void bind(InetAddress host, int wanted) throws IOException {
    localport = wanted == 0 ? universe.network.freePort(life.host()) : wanted;
    if (universe.network.listener(life.host(), localport) != null) {
      throw new BindException("Address already in use");
    }
  }

  @Override
  protected void listen(int limit) throws IOException {
    backlogLimit = Math.max(1, limit);
    if (!universe.network.listen(life.host(), localport, this)) {
      throw new BindException("Address already in use");
    }
  }

  @Override
  protected void accept(SocketImpl accepted) throws IOException {
    long deadline = Waiters.deadline(universe, timeout());
    while (backlog.isEmpty()) {
      check();
      if (!waiters.await(deadline)) {
        throw new SocketTimeoutException("Accept timed out");
      }
    }
    check();
    SimSocket socket = (SimSocket) accepted;
    Connection next = backlog.remove();
    socket.connection = next;
    socket.address = next.address();
    socket.port = next.port();
    socket.localport = localport;
  }

  private Connection connection() throws IOException {
    check();
    if (connection == null) {
      throw new SocketException("Not connected");
    }
    return connection;
  }

  /** Fails if it was closed. */
  void check() throws IOException {
    if (closed) {
      throw new SocketException("Socket closed");
    }
  }

  /** How many milliseconds a read may wait; 0 for ever. */
  int timeout() {
    return (Integer) options.getOrDefault(SocketOptions.SO_TIMEOUT, 0);
  }

  @Override
  protected InputStream getInputStream() throws IOException {
    connection();
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        return connection().in().read(into, offset, length, SimSocket.this);
      }

      @Override
      public int available() throws IOException {
        return SimSocket.this.available();
      }

      @Override
      public void close() {
        SimSocket.this.close();
      }
    };
  }

  @Override
  protected OutputStream getOutputStream() throws IOException {
    connection();
    return new OutputStream() {
      @Override
      public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        connection().out().write(bytes, offset, length, SimSocket.this);
      }

      @Override
      public void close() {
        SimSocket.this.close();
      }
    };
  }

  @Override
  protected int available() throws IOException {
    return connection().in().available();
  }

  @Override
  protected void shutdownInput() throws IOException {
    connection().in().readerLeaves();
  }

  @Override
  protected void shutdownOutput() throws IOException {
    connection().out().end();
  }

  @Override
  protected void close() {
    if (closed) {
      return;
    }
    closed = true;
    life.sockets.remove(this);
    universe.network.unlisten(life.host(), localport, this);
    List.copyOf(backlog).forEach(Connection::close);
    backlog.clear();
    if (connection != null) {
      connection.close();
    }
    waiters.wake();
  }

  @Override
  protected boolean supportsUrgentData() {
    return false;
  }

  @Override
  protected void sendUrgentData(int data) throws IOException {
    throw new SocketException("urgent data is not simulated");
  }

  @Override
  public void setOption(int option, Object value) {
    options.put(option, value);
  }

  @Override
  public Object getOption(int option) {
    Object set = options.get(option);
    if (set != null) {
      return set;
    }
    return switch (option) {
      case SocketOptions.SO_BINDADDR -> life.host().address;
      case SocketOptions.SO_TIMEOUT, SocketOptions.IP_TOS -> 0;
      case SocketOptions.SO_LINGER -> -1;
      case SocketOptions.SO_SNDBUF, SocketOptions.SO_RCVBUF -> 65_536;
      default -> false;
    };
  }
}
