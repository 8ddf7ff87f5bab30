package dev.faultline.workloads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.harness.Client.Invocation;
import dev.faultline.harness.Client.Result;
import dev.faultline.workloads.register.RegisterSession;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RegisterSessionTest {
  private final RegisterSession session = new InMemory();

  @Test
  void operationsBecomeCallsAndAnswersResults() throws Exception {
    assertThat(invoke("read", null)).isEqualTo(new Result.Ok(null));
    assertThat(invoke("cas", Arrays.asList(null, 1L))).isEqualTo(new Result.Ok(null));
    assertThat(invoke("cas", List.of(2L, 3L))).isEqualTo(new Result.Fail("mismatch"));
    assertThat(invoke("read", null)).isEqualTo(new Result.Ok(1L));
    assertThat(invoke("write", 7L)).isEqualTo(new Result.Ok(null));
    assertThat(invoke("cas", List.of(7L, 8L))).isEqualTo(new Result.Ok(null));
    assertThat(invoke("read", null)).isEqualTo(new Result.Ok(8L));
  }

  @Test
  void whatIsNoOperationIsRefused() {
    assertThatThrownBy(() -> invoke("add", 1L)).hasMessageContaining("add");
    assertThatThrownBy(() -> invoke("write", "x")).hasMessageContaining("x");
    assertThatThrownBy(() -> invoke("cas", List.of(1L))).hasMessageContaining("[1]");
  }

  private Result invoke(String f, @Nullable Object value) throws Exception {
    return session.invoke(new Invocation("c1", "n1", f, "x", value));
  }

  private static final class InMemory implements RegisterSession {
    private final Map<String, Long> values = new TreeMap<>();

    @Override
    public @Nullable Long read(String key) {
      return values.get(key);
    }

    @Override
    public void write(String key, long value) {
      values.put(key, value);
    }

    @Override
    public boolean compareAndSet(String key, @Nullable Long expected, long value) {
      if (!Objects.equals(values.get(key), expected)) {
        return false;
      }
      values.put(key, value);
      return true;
    }

    @Override
    public void close() {}
  }
}
