package dev.faultline.containers;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a container says, in whatever pieces the engine hands it over. */
class LogFollowerTest {
  private final List<String> lines = new ArrayList<>();

  @Test
  void aLineThatComesInPiecesIsOneLine() {
    LogFollower.Lines stream = new LogFollower.Lines(lines::add);
    byte[] said = "erster Satz über etwas\nzweiter".getBytes(StandardCharsets.UTF_8);
    ByteArrayInputStream in = new ByteArrayInputStream(said);
    for (int b = in.read(); b >= 0; b = in.read()) {
      stream.add(new byte[] {(byte) b});
    }
    assertThat(lines).containsExactly("erster Satz über etwas");
    stream.end();
    assertThat(lines).containsExactly("erster Satz über etwas", "zweiter");
  }

  @Test
  void whatWasSeenBeforeIsPassedOverAlsoWhereALineHasNoStamp(@TempDir Path dir) throws Exception {
    DockerClient nobody =
        (DockerClient)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {DockerClient.class},
                (proxy, method, args) -> {
                  throw new IllegalStateException("not to be called: " + method);
                });
    LogFollower follower = new LogFollower(nobody, dir.resolve("n/node.log"), lines::add);
    follower.take("2026-11-25T07:44:00.000000001Z first");
    follower.take("5552 goes on");
    follower.take("2026-11-25T07:44:00.000000001Z first");
    follower.take("5552 goes on");
    follower.take("2026-11-25T07:44:00.000000002Z second");
    follower.close();
    assertThat(lines).containsExactly("first", "5552 goes on", "second");
    assertThat(Files.readAllLines(dir.resolve("n/node.log"))).isEqualTo(lines);
  }
}
