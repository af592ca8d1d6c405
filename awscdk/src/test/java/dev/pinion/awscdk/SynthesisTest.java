package dev.pinion.awscdk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/// The cloud assembly of every program. `mvn test -pl awscdk -am -Dpinion.golden=write` writes the templates anew.
@NeedsNode
@Tag("slow")
final class SynthesisTest {
  private static final Path GOLDEN = Program.ROOT.resolve("awscdk/src/test/golden");

  @TempDir private Path folder = Path.of("");

  static List<Program> programs() {
    return Program.all();
  }

  @ParameterizedTest
  @MethodSource("programs")
  void theTemplateIsTheGoldenOne(Program program) throws IOException {
    String template = Files.readString(program.assembly().resolve(program.name() + ".template.json"));
    Path golden = GOLDEN.resolve(program.name() + ".template.json");
    if ("write".equals(System.getProperty("pinion.golden"))) Files.writeString(golden, template);
    assertThat(template).isEqualTo(Files.readString(golden));
  }

  @Test
  void twoSynthesesAreTheSameToTheByte() throws IOException {
    Program rooms = Program.example("Rooms");
    Synthesis.write(rooms.app(), Program.ZIP, folder, "Rooms");
    assertThat(content(folder)).isEqualTo(content(rooms.assembly()))
        .containsKeys("manifest.json", "Rooms.template.json", "Rooms.assets.json");
  }

  @Test
  void theFunctionsAssetIsTheVeryZip() throws IOException {
    byte[] zip = new byte[1 << 16];
    for (int i = 0; i < zip.length; i++) {
      zip[i] = (byte) (i * 31 / 8);
    }
    Path file = Files.write(folder.resolve("function.zip"), zip);
    Synthesis.write(Program.example("Echo").app(), file, folder.resolve("out"), "Echo");
    List<Path> assets;
    try (Stream<Path> files = Files.list(folder.resolve("out"))) {
      assets = files.filter(each -> String.valueOf(each.getFileName()).startsWith("asset.")).toList();
    }
    assertThat(assets).singleElement().satisfies(asset -> {
      assertThat(asset).hasBinaryContent(zip);
      String key = String.valueOf(asset.getFileName()).substring("asset.".length());
      assertThat(Files.readString(folder.resolve("out/Echo.template.json"))).contains("\"S3Key\": \"" + key + "\"");
    });
  }

  /// Each file as text that keeps every byte.
  private static Map<String, String> content(Path folder) throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        content.put(String.valueOf(file.getFileName()), Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return content;
  }
}
