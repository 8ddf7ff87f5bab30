package dev.faultline.blocking;

import dev.faultline.blocking.agent.Agent;
import dev.faultline.blocking.boot.Hooks;
import dev.faultline.blocking.kernel.Names;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.spi.InetAddressResolverProvider;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/**
 * The jar that a JVM is given as its agent, made for each. It has only what must lie on the boot
 * class path, and names the service that no other JVM shall find.
 */
record AgentJar(Path path) implements AutoCloseable {

  static AgentJar make() throws IOException {
    Path path = Files.createTempFile("faultline-agent", ".jar");
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Premain-Class", Agent.class.getName());
    attributes.putValue("Can-Retransform-Classes", "true");
    attributes.putValue("Boot-Class-Path", path.getFileName().toString());
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(path), manifest)) {
      String hooks = Hooks.class.getName().replace('.', '/') + ".class";
      jar.putNextEntry(new ZipEntry(hooks));
      try (InputStream in = Hooks.class.getResourceAsStream("Hooks.class")) {
        if (in == null) {
          throw new IOException(hooks + " is not found");
        }
        in.transferTo(jar);
      }
      jar.putNextEntry(
          new ZipEntry("META-INF/services/" + InetAddressResolverProvider.class.getName()));
      jar.write(Names.class.getName().getBytes(StandardCharsets.UTF_8));
      jar.closeEntry();
    }
    return new AgentJar(path);
  }

  /** The jar or directory that a class comes from. */
  static Path place(Class<?> type) throws IOException {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException error) {
      throw new IOException(error);
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(path);
  }
}
