package dev.faultline.blocking.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The code that is tested, loaded anew for each universe from bytes that are read once. */
final class Libraries extends URLClassLoader {
  private static final Map<String, Optional<Found>> FOUND = new ConcurrentHashMap<>();

  private record Found(ByteBuffer bytes, @Nullable URL jar) {}

  private final URLClassLoader shared;

  private Libraries(URLClassLoader shared, URL[] classPath) {
    super(classPath, Libraries.class.getClassLoader());
    this.shared = shared;
  }

  /** All that are made read through the first. */
  static URLClassLoader source(URL[] classPath) {
    return new URLClassLoader("class path", classPath, null);
  }

  static Libraries of(URLClassLoader source) {
    return new Libraries(source, source.getURLs());
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    Found found =
        FOUND.computeIfAbsent(name, this::read).orElseThrow(() -> new ClassNotFoundException(name));
    ProtectionDomain domain =
        new ProtectionDomain(new CodeSource(found.jar(), (Certificate[]) null), null, this, null);
    return defineClass(name, found.bytes().duplicate(), domain);
  }

  private Optional<Found> read(String name) {
    URL url = shared.findResource(name.replace('.', '/') + ".class");
    if (url == null) {
      return Optional.empty();
    }
    try (InputStream in = url.openStream()) {
      return Optional.of(new Found(ByteBuffer.wrap(in.readAllBytes()), url));
    } catch (IOException error) {
      return Optional.empty();
    }
  }
}
