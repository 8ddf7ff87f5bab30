package dev.faultline.blocking.kernel;

import dev.faultline.blocking.boot.Hooks;
import java.net.ProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;

/** Channels are real, so none is given out. */
public final class NoChannels extends SelectorProvider {
  /** Made by the JDK, by name. */
  public NoChannels() {}

  private static IllegalStateException refuse(String what) {
    return Hooks.refuse(
        "real-socket: " + what + " is opened; Socket and ServerSocket are simulated");
  }

  @Override
  public DatagramChannel openDatagramChannel() {
    throw refuse("a DatagramChannel");
  }

  @Override
  public DatagramChannel openDatagramChannel(ProtocolFamily family) {
    throw refuse("a DatagramChannel");
  }

  @Override
  public Pipe openPipe() {
    throw refuse("a Pipe");
  }

  @Override
  public AbstractSelector openSelector() {
    throw refuse("a Selector");
  }

  @Override
  public ServerSocketChannel openServerSocketChannel() {
    throw refuse("a ServerSocketChannel");
  }

  @Override
  public SocketChannel openSocketChannel() {
    throw refuse("a SocketChannel");
  }
}
