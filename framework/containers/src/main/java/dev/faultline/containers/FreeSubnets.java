package dev.faultline.containers;

import dev.faultline.harness.EnvironmentException;
import java.io.IOException;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Small ranges of addresses that nothing on this machine uses: neither the engine's networks, nor
 * an interface, nor a route. The engine's own choice would be large ones, of which it has about 31.
 */
final class FreeSubnets {
  /** Private addresses that neither the engine nor common home networks take by themselves. */
  private static final Subnet.Range POOL = Subnet.Range.parse("10.213.0.0/16");

  private static final Path ROUTES = Path.of("/proc/net/route");

  private FreeSubnets() {}

  /**
   * Chooses ranges; two harnesses at the same moment may choose the same, and then the engine
   * refuses one of them.
   *
   * @param engine ranges that the engine's networks have, such as {@code 172.17.0.0/16}
   * @param salt where to begin to look, so that harnesses seldom meet
   */
  static List<Subnet> choose(int count, List<String> engine, int salt) {
    List<Subnet.Range> taken = new ArrayList<>();
    engine.stream().filter(c -> c.indexOf(':') < 0).map(Subnet.Range::parse).forEach(taken::add);
    taken.addAll(interfaces());
    taken.addAll(routes());
    long slots = (POOL.last() - POOL.first() + 1) / Subnet.SIZE;
    List<Subnet> chosen = new ArrayList<>();
    for (long i = 0; i < slots && chosen.size() < count; i++) {
      long slot = Math.floorMod(salt + i, slots);
      Subnet subnet = new Subnet(POOL.first() + slot * Subnet.SIZE);
      if (taken.stream().noneMatch(range -> range.overlaps(subnet))) {
        chosen.add(subnet);
      }
    }
    if (chosen.size() < count) {
      throw new EnvironmentException(
          "containers: only %d of %d free /28 networks in 10.213.0.0/16; see: faultline doctor --clean"
              .formatted(chosen.size(), count));
    }
    return chosen;
  }

  private static List<Subnet.Range> interfaces() {
    List<Subnet.Range> ranges = new ArrayList<>();
    try {
      for (NetworkInterface nic : NetworkInterface.networkInterfaces().toList()) {
        for (InterfaceAddress address : nic.getInterfaceAddresses()) {
          byte[] bytes = address.getAddress().getAddress();
          if (bytes.length == 4) {
            long number = 0;
            for (byte b : bytes) {
              number = number << 8 | (b & 255);
            }
            ranges.add(Subnet.Range.of(number, address.getNetworkPrefixLength()));
          }
        }
      }
    } catch (SocketException e) {
      throw new EnvironmentException("this machine's interfaces: " + e.getMessage(), e);
    }
    return ranges;
  }

  /** Where the kernel shows them; the default route takes nothing. */
  private static List<Subnet.Range> routes() {
    List<Subnet.Range> ranges = new ArrayList<>();
    if (Files.isReadable(ROUTES)) {
      try {
        for (String line : Files.readAllLines(ROUTES)) {
          String[] fields = line.strip().split("\\s+");
          if (fields.length > 7 && fields[1].matches("[0-9A-F]{8}")) {
            int prefix = Long.bitCount(Long.parseLong(fields[7], 16));
            if (prefix > 0) {
              ranges.add(Subnet.Range.of(swapped(fields[1]), prefix));
            }
          }
        }
      } catch (IOException e) {
        throw new EnvironmentException(ROUTES + ": " + e.getMessage(), e);
      }
    }
    return ranges;
  }

  /** The file has the bytes in the machine's order. */
  private static long swapped(String hex) {
    return Integer.toUnsignedLong(Integer.reverseBytes((int) Long.parseLong(hex, 16)));
  }
}
