package dev.pinion.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The class files of sources: from the cache while sources, libraries and JDK are the same, or else compiled. */
final class CachedClasses {
  private final RunCache cache;

  CachedClasses(RunCache cache) {
    this.cache = cache;
  }

  /**
   * Returns class files by class name.
   *
   * @param err where the compiler's warnings go, from the cache as well
   * @throws UserException with the compiler's messages
   */
  Map<String, byte[]> of(Collection<Path> sources, List<Path> libraries, PrintStream err) {
    if (cache.isOff()) return SourceCompiler.compile(sources, libraries, err);
    CacheKey key = key(sources, libraries);
    Optional<byte[]> known = cache.get(key);
    if (known.isPresent()) return read(known.get(), err);
    ByteArrayOutputStream warnings = new ByteArrayOutputStream();
    Map<String, byte[]> classes =
        SourceCompiler.compile(sources, libraries, new PrintStream(warnings, true, StandardCharsets.UTF_8));
    err.print(warnings.toString(StandardCharsets.UTF_8));
    if (isStill(key, sources, libraries)) cache.put(key, written(classes, warnings.toByteArray()));
    return classes;
  }

  /** Whether the sources were not saved while they were compiled. */
  private boolean isStill(CacheKey key, Collection<Path> sources, List<Path> libraries) {
    try {
      return key(sources, libraries).name().equals(key.name());
    } catch (UncheckedIOException e) {
      return false; // one is gone
    }
  }

  /** Returns the key of what sources are compiled to, as they are at this moment. */
  CacheKey key(Collection<Path> sources, List<Path> libraries) {
    return cache.isOff() ? new CacheKey("none") : new CacheKey("classes").contents(sources).stamps(libraries);
  }

  /** Keeps what sources were compiled to, with the compiler's warnings, unless that is known. */
  void put(CacheKey key, Map<String, byte[]> classes, byte[] warnings) {
    if (!cache.isOff() && cache.get(key).isEmpty()) cache.put(key, written(classes, warnings));
  }

  private static byte[] written(Map<String, byte[]> classes, byte[] warnings) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      write(out, warnings);
      out.writeInt(classes.size());
      for (Map.Entry<String, byte[]> each : classes.entrySet()) {
        write(out, each.getKey().getBytes(StandardCharsets.UTF_8));
        write(out, each.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static Map<String, byte[]> read(byte[] bytes, PrintStream err) {
    Map<String, byte[]> classes = new LinkedHashMap<>();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      err.print(new String(read(in), StandardCharsets.UTF_8));
      for (int i = in.readInt(); i > 0; i--) {
        classes.put(new String(read(in), StandardCharsets.UTF_8), read(in));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return classes;
  }

  private static void write(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] read(DataInputStream in) throws IOException {
    return in.readNBytes(in.readInt());
  }
}
