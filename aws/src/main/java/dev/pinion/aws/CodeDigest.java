package dev.pinion.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The digest of a deployment package, by which a new version of the functions is recognized. It does not depend on the
 * line numbers of the app's own classes, so a comment publishes nothing. The deployed classes keep the numbers with
 * which they were published.
 */
public final class CodeDigest {
  /** The number of hexadecimal digits. */
  public static final int DIGITS = 32;

  private CodeDigest() {}

  /** Returns the digest of a zip: 32 hexadecimal digits. */
  public static String of(Path zip) {
    try (InputStream in = Files.newInputStream(zip)) {
      return of(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the digest of a zip: 32 hexadecimal digits. */
  public static String of(byte[] zip) {
    try {
      return of(new ByteArrayInputStream(zip));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String of(InputStream in) throws IOException {
    MessageDigest digest = sha256();
    try (ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        byte[] content = withoutLines(entry.getName(), zip.readAllBytes());
        digest.update((entry.getName() + "\n" + content.length + "\n").getBytes(StandardCharsets.UTF_8));
        digest.update(content);
      }
    }
    return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
  }

  private static byte[] withoutLines(String name, byte[] content) {
    if (!name.endsWith(".class")) return content;
    try {
      return WithoutLines.of(content);
    } catch (IllegalArgumentException notAClass) {
      return content;
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
