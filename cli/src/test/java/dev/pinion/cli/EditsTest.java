package dev.pinion.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/// Random edits of random programs: what is compiled after each is what a compilation of everything makes of it. More
/// edits find more: `-Dpinion.edits=2000`.
@Timeout(600)
@Tag("slow")
final class EditsTest {
  private static final int CLASSES = 8;
  private static final int EDITS = Integer.getInteger("pinion.edits", 100);

  @TempDir private Path folder = Path.of("");
  private Map<String, String> written = Map.of();

  /// Classes, or the compiler's messages.
  private record Outcome(@Nullable CompiledSources sources, Map<String, byte[]> classes, String messages) {
    /// The first message decides: which ones follow an error such as a cycle differs between equal compilations.
    boolean isSame(Outcome other) {
      return messages.lines().findFirst().equals(other.messages.lines().findFirst()) && differences(other).isEmpty();
    }

    Set<String> differences(Outcome other) {
      Set<String> names = new TreeSet<>(classes.keySet());
      names.addAll(other.classes.keySet());
      names.removeIf(each -> Arrays.equals(classes.get(each), other.classes.get(each)));
      return names;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void randomEdits(long seed) throws IOException {
    RandomProgram program = new RandomProgram(new Random(seed), CLASSES);
    List<String> options = new ArrayList<>(SourceCompiler.OPTIONS);
    if (seed % 2 == 0) options.addAll(List.of("-Xlint:deprecation,removal", "-Werror"));
    CompiledSources known = null;
    int compiled = 0;
    try (IncrementalCompiler everything = new IncrementalCompiler();
        IncrementalCompiler changes = new IncrementalCompiler()) {
      for (int i = 0; i < EDITS; i++) {
        Map<String, String> old = program.texts();
        if (i > 0) program.edit();
        write(program.texts());
        Outcome expected = outcome(everything, options, null);
        Outcome actual = outcome(changes, options, known);
        assertThat(actual.isSame(expected))
            .as(() -> actual.differences(expected) + "\n" + actual.messages + "\n--- instead of\n" + expected.messages
                + "\n--- before\n" + old + "\n--- after\n" + difference(old, program.texts()))
            .isTrue();
        if (actual.sources == null) {
          program.undo();
        } else {
          compiled++;
          known = actual.sources;
        }
      }
    }
    assertThat(compiled).as("programs that compile").isGreaterThan(EDITS / 4);
  }

  private static String difference(Map<String, String> old, Map<String, String> now) {
    StringBuilder text = new StringBuilder();
    now.forEach((name, each) -> {
      if (!each.equals(old.get(name))) text.append(name).append(": ").append(each);
    });
    return text.toString();
  }

  private Outcome outcome(IncrementalCompiler compiler, List<String> options, @Nullable CompiledSources known) {
    ByteArrayOutputStream warnings = new ByteArrayOutputStream();
    List<Path> sources = Program.files(folder, ".java");
    try {
      CompiledSources now = compiler.compile(
          new SourceSet(sources, options, List.of(), false), known, Map.of(), false, Ran.print(warnings));
      return new Outcome(now, now.all(), "");
    } catch (UserException e) {
      return new Outcome(null, Map.of(), String.valueOf(e.getMessage()));
    }
  }

  private void write(Map<String, String> texts) throws IOException {
    for (String each : written.keySet()) {
      if (!texts.containsKey(each)) Files.delete(folder.resolve(each));
    }
    for (Map.Entry<String, String> each : texts.entrySet()) {
      Path file = folder.resolve(each.getKey());
      Files.createDirectories(file.getParent());
      if (!each.getValue().equals(written.get(each.getKey()))) {
        Files.writeString(file, each.getValue(), StandardCharsets.UTF_8);
      }
    }
    written = texts;
  }
}
