package dev.pinion.cli;

import dev.pinion.App;
import dev.pinion.inspect.Inspector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A hash of all that an entry of the cache depends on. Every key has what it is of, the version of Pinion by the date
 * and size of its jar, and that of Java.
 */
final class CacheKey {
  private static final int NAME_BYTES = 20;

  private final MessageDigest digest = sha256();

  /** Begins a key of one kind of entry. */
  CacheKey(String kind) {
    add(kind);
    add(System.getProperty("java.home") + " " + Runtime.version());
    Stream.of(CacheKey.class, App.class, Inspector.class)
        .forEach(type -> stamp(location(type)));
  }

  /** Adds a text. */
  CacheKey add(String text) {
    return add(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds bytes. */
  CacheKey add(byte[] bytes) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
    digest.update(bytes);
    return this;
  }

  /** Adds names with texts, in any order. */
  CacheKey add(Map<String, String> texts) {
    new TreeMap<>(texts).forEach((name, text) -> add(name).add(text));
    return add("");
  }

  /** Adds class files by name, in any order. */
  CacheKey classes(Map<String, byte[]> classes) {
    new TreeMap<>(classes).forEach((name, file) -> add(name).add(file));
    return add("");
  }

  /** Adds files with their content. */
  CacheKey contents(Collection<Path> files) {
    for (Path file : files) {
      try {
        add(file.toString()).add(Files.readAllBytes(file));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return add("");
  }

  /** Adds jars by path, date and size, and folders with all files that they have, likewise. */
  CacheKey stamps(Collection<Path> path) {
    path.forEach(this::stamp);
    return add("");
  }

  private void stamp(Path file) {
    try (Stream<Path> files = Files.walk(file)) {
      files.sorted().forEach(each -> {
        try {
          add(each + " " + Files.size(each) + " "
              + Files.getLastModifiedTime(each).to(TimeUnit.NANOSECONDS));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path location(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the name of the file of what has been added until now. */
  String name() {
    try {
      return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest(), 0, NAME_BYTES);
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the SHA-256 hash of bytes. */
  static byte[] hash(byte[] bytes) {
    return sha256().digest(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
