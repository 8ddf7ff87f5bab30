package dev.faultline.harness.host;

import dev.faultline.harness.Client;
import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.Setup;
import dev.faultline.harness.Target;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** The clients that run in hosts, and the libraries that those need. */
public final class HostedClients {
  private HostedClients() {}

  /** The blocking client of an interface. */
  static Client.Blocking find(String target, String clientInterface, Setup setup) {
    for (Target candidate : ServiceLoader.load(Target.class)) {
      if (candidate.id().equals(target)
          && candidate.client(clientInterface, setup) instanceof Client.Blocking client) {
        return client;
      }
    }
    throw new IllegalArgumentException(
        "no target '%s' with a blocking client for '%s' on the class path"
            .formatted(target, clientInterface));
  }

  /**
   * Copies the libraries of a client to a directory.
   *
   * @return their file names there, in the order of the class path
   * @throws EnvironmentException naming what is missing
   */
  public static List<String> libraries(
      String target, String clientInterface, Setup setup, Path directory) {
    return libraries(find(target, clientInterface, setup), directory);
  }

  static List<String> libraries(Client.Blocking client, Path directory) {
    List<String> names = new ArrayList<>();
    for (String resource : client.libraries()) {
      String name = resource.substring(resource.lastIndexOf('/') + 1);
      try (InputStream in = client.getClass().getResourceAsStream(resource)) {
        if (in == null) {
          throw new EnvironmentException(
              "no library %s beside %s; build with Maven, which brings it"
                  .formatted(resource, client.getClass().getName()));
        }
        Files.copy(in, directory.resolve(name));
      } catch (IOException e) {
        throw new EnvironmentException(
            "library %s to %s: %s".formatted(resource, directory, e.getMessage()), e);
      }
      names.add(name);
    }
    return List.copyOf(names);
  }
}
