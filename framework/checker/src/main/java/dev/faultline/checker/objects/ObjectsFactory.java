package dev.faultline.checker.objects;

import dev.faultline.checker.Checker;
import dev.faultline.checker.CheckerFactory;
import dev.faultline.checker.Property;
import dev.faultline.json.JsonView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Makes the checkers of this package. {@code bank.total} has parameters: the {@code total} of all
 * accounts, and whether balances may be {@code negative}, which is false unless given.
 */
public final class ObjectsFactory implements CheckerFactory {
  private static final Map<Property, Supplier<Checker>> PLAIN = new LinkedHashMap<>();

  static {
    PLAIN.put(Lost.SET, Lost::ofSets);
    PLAIN.put(SetPhantom.PROPERTY, SetPhantom::new);
    PLAIN.put(SetLinearizable.PROPERTY, SetLinearizable::new);
    PLAIN.put(CounterBounds.PROPERTY, CounterBounds::new);
    PLAIN.put(UniqueIds.PROPERTY, UniqueIds::new);
    PLAIN.put(QueueLost.PROPERTY, QueueLost::new);
    PLAIN.put(QueueElements.PHANTOM, QueueElements::phantom);
    PLAIN.put(QueueElements.DUPLICATE, QueueElements::duplicate);
    PLAIN.put(QueueOrder.FIFO, QueueOrder::fifo);
    PLAIN.put(QueueOrder.EMPTY, QueueOrder::empty);
    PLAIN.put(Lost.LOG, Lost::ofLogs);
    PLAIN.put(LogOffsets.AGREEMENT, LogOffsets::agreement);
    PLAIN.put(LogOffsets.ORDER, LogOffsets::order);
    PLAIN.put(LogReads.PHANTOM, LogReads::phantom);
    PLAIN.put(LogReads.DUPLICATE, LogReads::duplicate);
    PLAIN.put(LogReads.HOLE, LogReads::hole);
    PLAIN.put(LogPrefix.PROPERTY, LogPrefix::checker);
    PLAIN.put(EventVersions.PROPERTY, EventVersions::checker);
    PLAIN.put(Projection.FAITHFUL, Projection::faithful);
    PLAIN.put(Projection.POSITION, Projection::position);
    PLAIN.put(WatchStream.ORDER, WatchStream::order);
    PLAIN.put(WatchStream.GAP, WatchStream::gap);
    PLAIN.put(WatchStream.FAITHFUL, WatchStream::faithful);
  }

  @Override
  public List<Property> properties() {
    List<Property> all = new ArrayList<>(PLAIN.keySet());
    all.add(BankTotal.PROPERTY);
    return List.copyOf(all);
  }

  @Override
  public Checker create(String property, JsonView params) {
    if (property.equals(BankTotal.PROPERTY.id())) {
      params.only(Set.of("total", "negative"));
      JsonView negative = params.find("negative");
      JsonView total = params.find("total");
      return new BankTotal(
          total == null ? null : total.integer(), negative != null && negative.bool());
    }
    params.only(Set.of());
    for (Map.Entry<Property, Supplier<Checker>> e : PLAIN.entrySet()) {
      if (e.getKey().id().equals(property)) {
        return e.getValue().get();
      }
    }
    throw params.error("no property '" + property + "' here");
  }
}
