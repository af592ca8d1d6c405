package dev.pinion.inspect;

import dev.pinion.inspect.Lambdas.Lambda;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Loads a program once more, from the same class files, so that its lambdas are remembered. */
final class InspectLoader extends ClassLoader implements Lambdas.Memory {
  private static final byte[] METAFACTORY = constant("java/lang/invoke/LambdaMetafactory");
  private static final byte[] PINION = "dev/pinion/".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] REPLACEMENT = constant(Lambdas.class.getName().replace('.', '/'));

  static {
    registerAsParallelCapable();
  }

  private final ClassLoader program;
  private final Set<String> own;
  private final Queue<Class<?>> loaded = new ConcurrentLinkedQueue<>();
  private final Set<Class<?>> initialized = new HashSet<>();
  private final Map<Object, Lambda> lambdas = Collections.synchronizedMap(new IdentityHashMap<>());

  /**
   * A loader beside a program's own.
   *
   * @param program gives the class files; its parent has Pinion's API
   * @param own the names of the user's own classes
   */
  InspectLoader(ClassLoader program, Set<String> own) {
    super("inspect", program.getParent());
    this.program = program;
    this.own = Set.copyOf(own);
  }

  /** The names of the user's own classes. */
  Set<String> own() {
    return own;
  }

  @Override
  public Object remember(Object made, Lambda lambda) {
    lambdas.put(made, lambda);
    return made;
  }

  /** What is behind a lambda of the program; null for any other object. */
  @Nullable
  Lambda lambda(Object object) {
    return lambdas.get(object);
  }

  /** All lambdas there are. */
  Map<Object, Lambda> lambdas() {
    return lambdas;
  }

  /** Whether a class is one that define has initialized: its static fields are what define has left behind. */
  boolean isInitialized(Class<?> type) {
    return initialized.contains(type);
  }

  /** The bytes of a class of the program as they are in its file; null when there is none. */
  byte @Nullable [] file(String name) {
    try (InputStream file = program.getResourceAsStream(name.replace('.', '/') + ".class")) {
      return file == null ? null : file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    return name.equals(Lambdas.class.getName()) ? Lambdas.class : super.loadClass(name, resolve);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte @Nullable [] file = file(name);
    if (file == null) throw new ClassNotFoundException(name);
    byte[] linked = own.contains(name) || indexOf(file, PINION) >= 0 ? linked(file) : file;
    Class<?> defined = defineClass(name, linked, 0, linked.length);
    loaded.add(defined);
    return defined;
  }

  @Override
  protected @Nullable URL findResource(String name) {
    return program.getResource(name);
  }

  @Override
  protected Enumeration<URL> findResources(String name) throws IOException {
    return program.getResources(name);
  }

  /** The class file with another name in the constant that names the metafactory. */
  private static byte[] linked(byte[] file) {
    int at = indexOf(file, METAFACTORY);
    if (at < 0) return file;
    byte[] linked = new byte[file.length - METAFACTORY.length + REPLACEMENT.length];
    System.arraycopy(file, 0, linked, 0, at);
    System.arraycopy(REPLACEMENT, 0, linked, at, REPLACEMENT.length);
    int rest = at + METAFACTORY.length;
    System.arraycopy(file, rest, linked, at + REPLACEMENT.length, file.length - rest);
    return linked;
  }

  private static int indexOf(byte[] file, byte[] part) {
    for (int at = 0; at <= file.length - part.length; at++) {
      if (Arrays.equals(file, at, at + part.length, part, 0, part.length)) return at;
    }
    return -1;
  }

  /** A CONSTANT_Utf8_info (JVMS 4.4.7). */
  private static byte[] constant(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    byte[] constant = new byte[bytes.length + 3];
    constant[0] = 1;
    constant[1] = (byte) (bytes.length >> 8);
    constant[2] = (byte) bytes.length;
    System.arraycopy(bytes, 0, constant, 3, bytes.length);
    return constant;
  }

  /** Ends the phase in which define runs: what is initialized later, the inspector has initialized. */
  void defined(Predicate<Class<?>> isInitialized) {
    loaded.stream().filter(isInitialized).forEach(initialized::add);
  }

  /** The classes that define has initialized. */
  Set<Class<?>> initialized() {
    return initialized;
  }

  /** The user's own classes, as far as they can be loaded: one that cannot be has no objects. */
  List<Class<?>> ownClasses() {
    return own.stream().sorted().<Class<?>>flatMap(name -> loaded(name).stream()).toList();
  }

  private Optional<Class<?>> loaded(String name) {
    try {
      return Optional.of(loadClass(name));
    } catch (ClassNotFoundException | LinkageError e) {
      return Optional.empty();
    }
  }
}
