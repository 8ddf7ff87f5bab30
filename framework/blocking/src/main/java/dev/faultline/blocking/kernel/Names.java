package dev.faultline.blocking.kernel;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.stream.Stream;

/** Names of hosts: those of the universe, nothing else. */
public final class Names extends InetAddressResolverProvider implements InetAddressResolver {
  @Override
  public InetAddressResolver get(Configuration configuration) {
    return this;
  }

  @Override
  public String name() {
    return "simulated hosts";
  }

  @Override
  public Stream<InetAddress> lookupByName(String name, LookupPolicy policy)
      throws UnknownHostException {
    if (name.equals("localhost")) {
      return Stream.of(InetAddress.getByAddress(name, new byte[] {127, 0, 0, 1}));
    }
    Host host = Universe.current().known(name);
    if (host == null) {
      throw new UnknownHostException(name + ": no host of this world; name it before, or start it");
    }
    return Stream.of(host.address);
  }

  @Override
  public String lookupByAddress(byte[] bytes) throws UnknownHostException {
    InetAddress address = InetAddress.getByAddress(bytes);
    Host host = Universe.current().host(address);
    if (host == null) {
      throw new UnknownHostException(address.getHostAddress());
    }
    return host.name;
  }
}
