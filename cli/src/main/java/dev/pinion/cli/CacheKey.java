package dev.pinion.cli;

import dev.pinion.App;
import dev.pinion.inspect.Inspector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A hash of all that an entry of the cache depends on. Every key has what it is of, the version of Pinion by the date
 * and size of its jar, and that of Java.
 */
final class CacheKey {
  private static final int NAME_BYTES = 20;
  private static final Pattern LOG = Pattern.compile("\\.(log|out)$");

  private final MessageDigest digest = sha256();

  /** Begins a key of one kind of entry. */
  CacheKey(String kind) {
    add(kind);
    add(System.getProperty("java.home") + " " + Runtime.version());
    stamp(Path.of(System.getProperty("java.home"), "lib", "modules"));
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

  /**
   * Adds jars by path, size and dates, and folders with all files that they have, likewise. What is missing or cannot
   * be read is added as such.
   */
  CacheKey stamps(Collection<Path> path) {
    path.forEach(this::stamp);
    return add("");
  }

  /** Adds the files in a folder but logs, and not those in its subfolders, as {@link #stamps} does. */
  CacheKey filesOf(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return stamps(files.filter(Files::isRegularFile).filter(each -> !LOG.matcher(each.toString()).find()).sorted()
          .toList());
    } catch (IOException | UncheckedIOException e) {
      return add(e.getClass().getName());
    }
  }

  private void stamp(Path file) {
    Map<String, String> stamps = new TreeMap<>();
    try {
      Files.walkFileTree(file, Set.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
        @Override
        public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) {
          stamps.put(
              each.toString(), attributes.size() + " " + attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS)
                  + " " + changed(each));
          return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path each, IOException failure) {
          stamps.put(each.toString(), failure.getClass().getName());
          return FileVisitResult.CONTINUE;
        }
      });
    } catch (IOException e) {
      stamps.put(file.toString(), e.getClass().getName());
    }
    add(stamps);
  }

  /** When a file was last changed in any way: its date alone may be set to an earlier one, as a copy's. */
  static String changed(Path file) {
    try {
      return ((FileTime) Files.getAttribute(file, "unix:ctime")).toString();
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return "";
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
