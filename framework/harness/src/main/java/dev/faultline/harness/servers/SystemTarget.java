package dev.faultline.harness.servers;

import dev.faultline.harness.Client;
import dev.faultline.harness.Setup;
import dev.faultline.harness.Target;
import dev.faultline.spec.Claim;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A real system, in containers. What is left to its adapter: {@link #deployment} by {@link
 * Servers}, {@link #claims} each with the source of its promise, {@link #timing}, and a client for
 * each interface, which the constructor {@link #offers}.
 */
public abstract class SystemTarget implements Target {
  /** What any system of several processes has to bear. */
  protected static final List<String> FAULTS = List.of("partition", "link", "pause", "kill");

  private final String id;
  private final String summary;
  private final List<String> patterns;
  private final Map<String, String> selectors = new TreeMap<>();
  private final Map<String, Offer> offers = new LinkedHashMap<>();

  /** One client interface, and the selectors of the events that its clients report. */
  private record Offer(Function<Setup, Client> client, Map<String, String> selectors) {}

  protected SystemTarget(String id, String summary, String... patterns) {
    this.id = id;
    this.summary = summary;
    this.patterns = List.of(patterns);
  }

  /** A selector, such as {@code $leader}, and the event of the servers' logs that it means. */
  protected final void selects(String selector, String event) {
    selectors.put(selector, event);
  }

  /** A client interface; the default workload's comes first. */
  protected final void offers(String clientInterface, Function<Setup, Client> client) {
    offers.put(clientInterface, new Offer(client, Map.of()));
  }

  /** One whose clients report an event, which a selector such as {@code $holder} means. */
  protected final void offers(
      String clientInterface, String selector, String event, Function<Setup, Client> client) {
    offers.put(clientInterface, new Offer(client, Map.of(selector, event)));
  }

  /** A promise under {@link #FAULTS}, when an option has this value. */
  protected static Claim claim(String property, String option, String value, String source) {
    return claim(property, FAULTS, Map.of(option, List.of(value)), source);
  }

  /** A promise under some faults, when options have one of these values. */
  protected static Claim claim(
      String property, List<String> under, Map<String, List<String>> when, String source) {
    return new Claim(property, under, Long.MAX_VALUE, when, source);
  }

  /** The least that is held against any system. */
  protected static Claim noCrash() {
    return claim("node.no-crash", FAULTS, Map.of(), "a server does not end by itself");
  }

  @Override
  public final String id() {
    return id;
  }

  @Override
  public final String kind() {
    return "system";
  }

  @Override
  public final String summary() {
    return summary;
  }

  @Override
  public final List<String> patterns() {
    return patterns;
  }

  @Override
  public final List<String> environments() {
    return List.of("containers");
  }

  @Override
  public final List<String> interfaces() {
    return List.copyOf(offers.keySet());
  }

  @Override
  public final Client client(String clientInterface, Setup setup) {
    return offer(clientInterface).client.apply(setup);
  }

  @Override
  public final Map<String, String> selectors(String clientInterface) {
    Map<String, String> all = new TreeMap<>(selectors);
    all.putAll(offer(clientInterface).selectors);
    return all;
  }

  private Offer offer(String clientInterface) {
    Offer offer = offers.get(clientInterface);
    if (offer == null) {
      throw new IllegalArgumentException(
          "%s has no client interface '%s'; it has %s"
              .formatted(id, clientInterface, interfaces()));
    }
    return offer;
  }
}
