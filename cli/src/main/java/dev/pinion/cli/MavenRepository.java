package dev.pinion.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.xml.sax.SAXException;

/** Where Maven keeps the artifacts that it has downloaded or that were installed on this machine. */
final class MavenRepository {
  private static final Pattern OPTION = Pattern.compile("-Dmaven\\.repo\\.local=(?:\"([^\"]+)\"|'([^']+)'|(\\S+))");

  private MavenRepository() {}

  /** Returns the folder: as options of Maven in the environment say, then the user's settings, then the default. */
  static Path local() {
    return Stream.of("MAVEN_ARGS", "MAVEN_OPTS")
        .flatMap(name -> Optional.ofNullable(System.getenv(name)).flatMap(MavenRepository::option).stream())
        .findFirst()
        .or(MavenRepository::setting)
        .map(Path::of)
        .orElseGet(() -> settings().resolve("repository"));
  }

  private static Path settings() {
    return Path.of(System.getProperty("user.home"), ".m2");
  }

  private static Optional<String> option(String options) {
    Matcher matcher = OPTION.matcher(options);
    if (!matcher.find()) return Optional.empty();
    return Stream.of(1, 2, 3).map(matcher::group).filter(each -> each != null).findFirst();
  }

  private static Optional<String> setting() {
    Path file = settings().resolve("settings.xml");
    if (!Files.isReadable(file)) return Optional.empty();
    try {
      return XmlFile.elements(file, "localRepository")
          .stream()
          .findFirst()
          .map(found -> found.getTextContent().strip())
          .filter(each -> !each.isEmpty())
          .map(each -> each.replace("${user.home}", System.getProperty("user.home")));
    } catch (SAXException e) {
      throw new UserException("error: cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
