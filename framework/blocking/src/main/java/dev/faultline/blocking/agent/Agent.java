package dev.faultline.blocking.agent;

import dev.faultline.blocking.boot.Hooks;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Changes every class that is loaded, and those that already are. */
public final class Agent implements ClassFileTransformer {
  private static final String OWN = "dev/faultline/blocking/boot/";
  private static final Set<String> DONE = new ConcurrentSkipListSet<>();
  private static final AtomicReference<String> TROUBLE = new AtomicReference<>("not loaded");

  private final List<Redirect> redirects = Redirect.all();

  private Agent() {}

  /** Called by the JVM before {@code main}. */
  public static void premain(@Nullable String arguments, Instrumentation instrumentation) {
    try {
      MethodHandles.Lookup lookup =
          MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup());
      Hooks.start = lookup.findVirtual(Thread.class, "start0", MethodType.methodType(void.class));
      Hooks.nextId =
          lookup.findStatic(
              Class.forName("java.lang.Thread$ThreadIdentifiers"),
              "next",
              MethodType.methodType(long.class));
      TROUBLE.set("");
      instrumentation.addTransformer(new Agent(), true);
      instrumentation.retransformClasses(changeable(instrumentation));
    } catch (ReflectiveOperationException | UnmodifiableClassException | RuntimeException error) {
      TROUBLE.set(error.toString());
    }
  }

  private static Class<?>[] changeable(Instrumentation instrumentation) {
    List<Class<?>> found = new ArrayList<>();
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      if (!type.isArray() && !type.isHidden() && instrumentation.isModifiableClass(type)) {
        found.add(type);
      }
    }
    return found.toArray(Class<?>[]::new);
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String className,
      @Nullable Class<?> changed,
      @Nullable ProtectionDomain domain,
      byte[] classFile) {
    if (className == null || className.startsWith(OWN)) {
      return null;
    }
    try {
      ClassPatch patch = new ClassPatch(classFile);
      byte[] bytes = patch.apply(className, redirects);
      patch.done().forEach(redirect -> DONE.add(redirect.toString()));
      return patch.done().isEmpty() ? null : bytes;
    } catch (RuntimeException error) {
      TROUBLE.compareAndSet("", className + ": " + error);
      return null;
    }
  }

  /** What went wrong; empty if nothing did. */
  public static String trouble() {
    return TROUBLE.get();
  }

  /** What was to be changed and was found nowhere. */
  public static Set<String> missing() {
    Set<String> names = new TreeSet<>();
    Redirect.all().forEach(redirect -> names.add(redirect.toString()));
    names.removeAll(DONE);
    return names;
  }
}
