package dev.pinion.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A hash of all that an entry of the cache depends on. Every key has what it is of, the version of Pinion by the date
 * and size of its jar, and that of Java.
 */
final class CacheKey {
  private final MessageDigest digest = sha256();

  /** Begins a key of one kind of entry. */
  CacheKey(String kind) {
    add(kind);
    add(System.getProperty("java.home") + " " + Runtime.version());
    Stream.of(CacheKey.class, dev.pinion.App.class, dev.pinion.inspect.Inspector.class)
        .forEach(type -> stamp(location(type)));
  }

  /** Adds a text. */
  CacheKey add(String text) {
    return add(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds bytes. */
  CacheKey add(byte[] bytes) {
    digest.update(HexFormat.of().formatHex(new byte[] {(byte) (bytes.length >> 24), (byte) (bytes.length >> 16),
      (byte) (bytes.length >> 8), (byte) bytes.length}).getBytes(StandardCharsets.US_ASCII));
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
              + Files.getLastModifiedTime(each).to(java.util.concurrent.TimeUnit.NANOSECONDS));
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
    } catch (java.net.URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Ends the key, and returns the name of its file. */
  String name() {
    return HexFormat.of().formatHex(((MessageDigest) copy(digest)).digest(), 0, 20);
  }

  private static Object copy(MessageDigest digest) {
    try {
      return digest.clone();
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
