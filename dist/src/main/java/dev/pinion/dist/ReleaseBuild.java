package dev.pinion.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Writes a release: the folder {@code pinion-VERSION}, with the command and a Maven repository of Pinion's artifacts;
 * the same as {@code .tar.gz} and {@code .zip}; and {@code central-bundle-VERSION.zip}, for Maven Central. All are the
 * same to the byte whenever they are written of the same sources.
 */
public final class ReleaseBuild {
  private ReleaseBuild() {}

  /**
   * Writes the release.
   *
   * @param arguments the folder of the sources, the version, the folder to write in, which has the same name in every
   *     module, and the time that all files get
   */
  public static void main(String... arguments) throws IOException {
    Path root = Path.of(arguments[0]).toRealPath();
    String version = arguments[1];
    Path output = Path.of(arguments[2]).toRealPath();
    Instant time = Instant.parse(arguments[3]);
    Artifacts artifacts = new Artifacts(root, root.resolve("dist").relativize(output), version);
    Path home = output.resolve("pinion-" + version);
    new Home(root, artifacts).write(home);
    Path sbom = output.resolve("sbom.json"); // not written where Maven is offline, which is enough for an installation
    if (Files.exists(sbom)) Files.copy(sbom, home.resolve("sbom.json"));
    Archive archive = new Archive(output, time);
    archive.tarGz(home, home.getFileName() + ".tar.gz");
    archive.zip(output, home, home.getFileName() + ".zip");
    Path bundle = Folders.empty(output.resolve("central-bundle-" + version));
    artifacts.copyTo(bundle);
    Checksums.beside(bundle);
    archive.zip(bundle, bundle, bundle.getFileName() + ".zip");
    System.out.println("release written to " + output);
  }
}
