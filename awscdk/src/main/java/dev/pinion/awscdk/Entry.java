package dev.pinion.awscdk;

import dev.pinion.aws.LibraryMark;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A class folder or a jar.
 *
 * @param path where it is
 * @param names the files in it, with slashes
 */
record Entry(Path path, List<String> names) {
  Entry {
    names = List.copyOf(names);
  }

  static Entry of(Path path) {
    if (Files.isDirectory(path)) {
      try (Stream<Path> all = Files.walk(path)) {
        return new Entry(
            path,
            all.filter(Files::isRegularFile)
                .map(file -> path.relativize(file).toString().replace(File.separatorChar, '/'))
                .sorted()
                .toList());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    try (ZipFile jar = new ZipFile(path.toFile())) {
      return new Entry(path, jar.stream().filter(each -> !each.isDirectory()).map(ZipEntry::getName).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(path + " on the class path cannot be read", e);
    }
  }

  /** Returns the files and folders in the {@code Class-Path} of a jar's manifest. */
  static List<Path> classPath(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      @Nullable Manifest manifest = file.getManifest();
      @Nullable String named = manifest == null ? null : manifest.getMainAttributes().getValue("Class-Path");
      if (named == null) return List.of();
      return Stream.of(named.split(" +", -1))
          .filter(each -> !each.isEmpty())
          .map(each -> Path.of(jar.toUri().resolve(each)).normalize())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(jar + " on the class path cannot be read", e);
    }
  }

  /** Returns whether it has classes of one of some packages, or of a subpackage. */
  boolean has(Collection<String> packages) {
    return names.stream().anyMatch(name -> name.endsWith(".class") && packages.stream().anyMatch(name::startsWith));
  }

  /** Returns whether programs call it and the inspector follows it, although it is Pinion's. */
  boolean isLibrary() {
    return names.contains(LibraryMark.FILE);
  }

  /** Returns the packages of its classes. */
  Set<String> packages() {
    return names.stream()
        .filter(name -> name.endsWith(".class") && name.contains("/") && !name.startsWith("META-INF/"))
        .map(name -> name.substring(0, name.lastIndexOf('/') + 1))
        .collect(Collectors.toSet());
  }

  /** Returns whether one of its classes names one of some packages. */
  boolean names(Collection<String> packages) {
    return classes().anyMatch(text -> packages.stream().anyMatch(text::contains));
  }

  /** Returns each class file as ISO 8859-1 text, which keeps every byte. */
  private Stream<String> classes() {
    List<String> files = names.stream().filter(name -> name.endsWith(".class")).toList();
    if (Files.isDirectory(path)) return files.stream().map(name -> read(path.resolve(name)));
    return read(files).stream();
  }

  /** Returns the files of a jar, without those that Maven adds to the content of a class folder. */
  Map<String, byte[]> files() {
    Map<String, byte[]> files = new TreeMap<>();
    try (ZipFile jar = new ZipFile(path.toFile())) {
      for (String name : names) {
        if (!name.matches("META-INF/(MANIFEST\\.MF|maven/.*)")) files.put(name, bytes(jar, jar.getEntry(name)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  private List<String> read(List<String> files) {
    try (ZipFile jar = new ZipFile(path.toFile())) {
      return files.stream()
          .map(name -> new String(bytes(jar, jar.getEntry(name)), StandardCharsets.ISO_8859_1))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(ZipFile jar, ZipEntry file) {
    try (InputStream in = jar.getInputStream(file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
