package dev.pinion.aws;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The deployment package of all functions of an app: its classes at the root, jars in {@code lib}. The same content
 * gives the same bytes on every machine. Not thread-safe.
 */
public final class FunctionZip {
  private static final long LARGEST_UPLOAD = 50L << 20;
  private static final long LARGEST_UNZIPPED = 250L << 20;

  private final SortedMap<String, byte[]> files = new TreeMap<>();
  private final Jars jars = new Jars();

  /** Adds class files and resources by their names, such as {@code com/acme/Chat.class}. */
  public FunctionZip files(Map<String, byte[]> added) {
    files.putAll(added);
    return this;
  }

  /** Adds the files of a folder, as {@link #files} does, or a jar. */
  public FunctionZip add(Path folderOrJar) {
    if (Files.isDirectory(folderOrJar)) files.putAll(content(folderOrJar));
    else jars.add(folderOrJar);
    return this;
  }

  /** Returns a line for each library that is present in several versions, of which only the newest is shipped. */
  public List<String> warnings() {
    return jars.warnings();
  }

  /**
   * Builds the zip.
   *
   * @throws PlanException if the zip exceeds a limit of Lambda; the message names its largest parts
   */
  public byte[] bytes() {
    SortedMap<String, byte[]> all = new TreeMap<>(files);
    jars.chosen().forEach((name, jar) -> all.put("lib/" + name, jar));
    byte[] zip = StoredZip.of(all);
    check("has " + megabytes(zip.length) + ", and Lambda allows an upload of 50 MB", zip.length, LARGEST_UPLOAD, all);
    long unzipped = all.values().stream().mapToLong(file -> file.length).sum();
    check("has " + megabytes(unzipped) + " unzipped, and Lambda allows 250 MB", unzipped, LARGEST_UNZIPPED, all);
    return zip;
  }

  private static void check(String message, long size, long limit, Map<String, byte[]> files) {
    if (size <= limit) return;
    List<String> lines = new ArrayList<>();
    lines.add(
        "error: the functions' zip " + message + ": use fewer or smaller libraries and resources; the largest are");
    files.entrySet().stream()
        .sorted(Map.Entry.<String, byte[]>comparingByValue((a, b) -> Integer.compare(b.length, a.length)))
        .limit(5)
        .forEach(each -> lines.add("  " + megabytes(each.getValue().length) + "  " + each.getKey()));
    throw new PlanException(lines);
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / (double) (1 << 20));
  }

  private static Map<String, byte[]> content(Path folder) {
    Map<String, byte[]> content = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      all.filter(Files::isRegularFile)
          .forEach(file -> content
              .put(folder.relativize(file).toString().replace(File.separatorChar, '/'), read(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return content;
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
