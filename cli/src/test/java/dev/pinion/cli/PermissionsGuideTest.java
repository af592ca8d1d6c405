package dev.pinion.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// What the guide to permissions shows is what the command prints.
final class PermissionsGuideTest {
  private static final Path ROOT = SourceLimitsTest.root();

  @Test
  void theGuideShowsWhatExplainPrints() throws IOException {
    Ran ran = Ran.of("explain", ROOT.resolve("cli/src/test/java/app/Guide.java").toString());
    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isEqualTo(PinionCommand.OK);
    assertThat(Files.readString(ROOT.resolve("docs/permissions.md"))).contains("\n```\n" + ran.out() + "```\n");
  }
}
