package dev.pinion.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * What sources held when they were read. A compilation uses nothing else: they may be saved meanwhile, and what it has
 * compiled must be what it takes for compiled.
 *
 * @param bytes by source; without those that could not be read
 * @param charset the encoding
 */
record SourceContents(Map<Path, byte[]> bytes, Charset charset) {
  /** Reads the sources of a set. */
  static SourceContents of(SourceSet set) {
    Map<Path, byte[]> bytes = new HashMap<>();
    for (Path source : new HashSet<>(set.sources())) {
      try {
        bytes.put(source, Files.readAllBytes(source));
      } catch (IOException e) {
        // the compiler says what is wrong
      }
    }
    return new SourceContents(bytes, set.charset());
  }

  /** Returns a hash of what each of some sources held. */
  Map<Path, String> hashes(Collection<Path> sources) {
    Map<Path, String> hashes = new HashMap<>();
    for (Path source : sources) {
      byte[] content = bytes.get(source);
      hashes.put(source, content == null ? "" : HexFormat.of().formatHex(CacheKey.hash(content)));
    }
    return hashes;
  }

  /** Returns the text of a source; empty if it could not be read, or is not in the encoding. */
  Optional<String> text(Path source) {
    byte[] content = bytes.get(source);
    if (content == null) return Optional.empty();
    try {
      return Optional.of(charset.newDecoder().decode(ByteBuffer.wrap(content)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
