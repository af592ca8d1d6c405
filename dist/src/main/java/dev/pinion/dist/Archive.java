package dev.pinion.dist;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

import static java.util.Objects.requireNonNull;

/** Archives whose bytes depend on their files' content only: entries are sorted, and have one time and no owner. */
final class Archive {
  private static final int EXECUTABLE = 0100755;
  private static final int PLAIN = 0100644;

  private final Path output;
  private final Instant time;

  Archive(Path output, Instant time) {
    this.output = output;
    this.time = time;
  }

  /** Writes a folder, with its own name, as {@code .tar.gz}. */
  void tarGz(Path folder, String name) throws IOException {
    GzipParameters parameters = new GzipParameters();
    parameters.setCompressionLevel(Deflater.BEST_COMPRESSION);
    Path above = requireNonNull(folder.getParent());
    try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(output.resolve(name)));
        var gzip = new GzipCompressorOutputStream(file, parameters);
        var tar = new TarArchiveOutputStream(gzip)) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (Path each : Folders.files(folder)) {
        TarArchiveEntry entry = new TarArchiveEntry(name(above, each));
        entry.setSize(Files.size(each));
        entry.setMode(mode(each));
        entry.setModTime(FileTime.from(time));
        tar.putArchiveEntry(entry);
        Files.copy(each, tar);
        tar.closeArchiveEntry();
      }
    }
  }

  /** Writes the files of a folder as a zip, with names that begin below another one. */
  void zip(Path above, Path folder, String name) throws IOException {
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(output.resolve(name))) {
      zip.setLevel(Deflater.BEST_COMPRESSION);
      for (Path each : Folders.files(folder)) {
        ZipArchiveEntry entry = new ZipArchiveEntry(name(above, each));
        entry.setUnixMode(mode(each));
        entry.setTimeLocal(java.time.LocalDateTime.ofInstant(time, java.time.ZoneOffset.UTC));
        zip.putArchiveEntry(entry);
        Files.copy(each, zip);
        zip.closeArchiveEntry();
      }
    }
  }

  private static String name(Path above, Path file) {
    return above.relativize(file).toString().replace('\\', '/');
  }

  private static int mode(Path file) {
    return Files.isExecutable(file) ? EXECUTABLE : PLAIN;
  }
}
