package dev.faultline.targets.reference;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Values under names, null at first. */
final class Registers implements Kind {
  private final Defect defect;
  private final Map<String, @Nullable Object> values = new TreeMap<>();

  Registers(Defect defect) {
    this.defect = defect;
  }

  @Override
  public boolean changes(String f) {
    return !f.equals("read");
  }

  @Override
  public Answer apply(Call call) {
    Object now = values.get(call.name());
    return switch (call.f()) {
      case "read" -> Answer.done(now);
      case "write" -> {
        values.put(call.name(), call.value());
        yield Answer.done(null);
      }
      case "cas" -> {
        if (!(call.value() instanceof List<?> pair) || pair.size() != 2) {
          yield Answer.no("want [expected, new]");
        }
        if (defect.compares() && !Objects.equals(now, pair.get(0))) {
          yield Answer.no("another value");
        }
        values.put(call.name(), pair.get(1));
        yield Answer.done(null);
      }
      default -> Kind.unknown(call);
    };
  }
}
