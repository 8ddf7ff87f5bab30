package dev.faultline.containers;

/**
 * Sixteen IPv4 addresses: one network with its gateway, the proxy, and who lives there.
 *
 * @param base the first address, as a number
 */
record Subnet(long base) {
  static final int PREFIX = 28;
  static final long SIZE = 1L << (32 - PREFIX);

  Subnet {
    if (base < 0 || base >= 1L << 32 || base % SIZE != 0) {
      throw new IllegalArgumentException("no /28 begins at " + base);
    }
  }

  String cidr() {
    return text(base) + "/" + PREFIX;
  }

  String gateway() {
    return text(base + 1);
  }

  String proxy() {
    return text(base + 2);
  }

  String resident() {
    return text(base + 3);
  }

  /** A range of addresses. */
  record Range(long first, long last) {
    boolean overlaps(Subnet subnet) {
      return first <= subnet.base + SIZE - 1 && subnet.base <= last;
    }

    /**
     * Reads {@code 172.17.0.0/16}.
     *
     * @throws IllegalArgumentException if that is no IPv4 range
     */
    static Range parse(String cidr) {
      String[] parts = cidr.split("/", -1);
      String[] bytes = parts[0].split("\\.", -1);
      if (parts.length != 2 || bytes.length != 4) {
        throw new IllegalArgumentException("'" + cidr + "' is no IPv4 range");
      }
      long address = 0;
      for (String b : bytes) {
        address = address << 8 | Integer.parseInt(b);
      }
      return of(address, Integer.parseInt(parts[1]));
    }

    static Range of(long address, int prefix) {
      long size = 1L << (32 - prefix);
      long first = address / size * size;
      return new Range(first, first + size - 1);
    }
  }

  private static String text(long address) {
    return (address >> 24 & 255)
        + "."
        + (address >> 16 & 255)
        + "."
        + (address >> 8 & 255)
        + "."
        + (address & 255);
  }
}
