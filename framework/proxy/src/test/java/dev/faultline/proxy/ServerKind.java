package dev.faultline.proxy;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.faultline.harness.Warden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The two servers that the contract holds for. */
enum ServerKind {
  BUILT_IN {
    @Override
    ToxiproxyServers start() {
      return ToxiproxyServers.builtIn(7);
    }
  },
  REAL {
    @Override
    ToxiproxyServers start() {
      Path program = ToxiproxyServers.find();
      if (program == null) {
        return abort(
            "no toxiproxy-server on the PATH or in .faultline/bin; run scripts/setup-toxiproxy");
      }
      try {
        Path log = Files.createTempFile("toxiproxy", ".log");
        log.toFile().deleteOnExit();
        return ToxiproxyServers.real(program, NO_WARDEN, log);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  };

  private static final Warden NO_WARDEN =
      new Warden() {
        @Override
        public void process(long pid) {}

        @Override
        public void directory(Path directory) {}

        @Override
        public void leftovers(String leftoversId, String runId) {}
      };

  abstract ToxiproxyServers start();
}
