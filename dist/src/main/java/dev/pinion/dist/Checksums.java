package dev.pinion.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** The checksums that Maven Central requires beside each file, MD5 and SHA-1, and stronger ones that it accepts. */
final class Checksums {
  private static final Map<String, String> ALGORITHMS =
      Map.of("md5", "MD5", "sha1", "SHA-1", "sha256", "SHA-256", "sha512", "SHA-512");

  private Checksums() {}

  /** Writes the checksums of all files of a folder beside them. */
  static void beside(Path folder) throws IOException {
    for (Path file : Folders.files(folder)) {
      byte[] content = Files.readAllBytes(file);
      for (Map.Entry<String, String> each : ALGORITHMS.entrySet()) {
        Files.writeString(file.resolveSibling(file.getFileName() + "." + each.getKey()),
            hash(each.getValue(), content));
      }
    }
  }

  private static String hash(String algorithm, byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
