package dev.pinion.cli;

import dev.pinion.App;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** Where the command's own files are. */
final class Installation {
  private Installation() {}

  /** The jar, or the class folder, of the API. */
  static Path api() {
    try {
      return Path.of(App.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
