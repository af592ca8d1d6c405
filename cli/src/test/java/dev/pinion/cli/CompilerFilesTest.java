package dev.pinion.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/// What annotation processors write while a program is compiled in memory.
@Timeout(60)
final class CompilerFilesTest {
  private static final PrintStream NOWHERE =
      new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);

  private static final String PROCESSOR = """
      import java.io.*;
      import java.util.*;
      import javax.annotation.processing.*;
      import javax.lang.model.SourceVersion;
      import javax.lang.model.element.TypeElement;
      import javax.tools.*;

      @SupportedAnnotationTypes("*")
      public class Processor extends AbstractProcessor {
        public SourceVersion getSupportedSourceVersion() { return SourceVersion.latest(); }

        public boolean process(Set<? extends TypeElement> types, RoundEnvironment round) {
          if (!round.processingOver()) return false;
          try {
            Filer filer = processingEnv.getFiler();
            String before = "";
            try (var in = filer.getResource(StandardLocation.CLASS_OUTPUT, "", "pinion-test.txt").openInputStream()) {
              before = new String(in.readAllBytes());
            } catch (IOException nothing) {
              before = "nothing";
            }
            try (Writer out = filer.createResource(StandardLocation.CLASS_OUTPUT, "", "pinion-test.txt").openWriter()) {
              out.write("written");
            }
            processingEnv.getMessager().printMessage(Diagnostic.Kind.NOTE, before);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return false;
        }
      }
      """;

  private static final String GENERATOR = """
      import java.io.*;
      import java.util.*;
      import javax.annotation.processing.*;
      import javax.lang.model.SourceVersion;
      import javax.lang.model.element.TypeElement;

      @SupportedAnnotationTypes("*")
      public class Processor extends AbstractProcessor {
        private boolean made;

        public SourceVersion getSupportedSourceVersion() { return SourceVersion.latest(); }

        public boolean process(Set<? extends TypeElement> types, RoundEnvironment round) {
          if (made) return false;
          made = true;
          try (Writer out = processingEnv.getFiler().createSourceFile("made.PinionMade").openWriter()) {
            out.write("package made; public class PinionMade {}");
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return false;
        }
      }
      """;

  @TempDir private Path folder = Path.of("");

  @Test
  void aResourceIsNotWrittenToTheFolderOfTheCommand() throws IOException {
    Path here = Path.of("pinion-test.txt").toAbsolutePath();
    assertThat(here).doesNotExist();
    ByteArrayOutputStream messages = new ByteArrayOutputStream();
    assertThat(compile(PROCESSOR, "class Chat {}", Ran.print(messages))).containsOnlyKeys("Chat");
    assertThat(messages.toString(StandardCharsets.UTF_8)).contains("Note: nothing");
    assertThat(here).doesNotExist();
  }

  @Test
  void aSourceWithoutAFolderForItIsCompiledNevertheless() throws IOException {
    assertThat(compile(GENERATOR, "class Chat { made.PinionMade made; }", NOWHERE))
        .containsOnlyKeys("Chat", "made.PinionMade");
    assertThat(Path.of("made/PinionMade.java").toAbsolutePath()).doesNotExist();
  }

  private Map<String, byte[]> compile(String processor, String source, PrintStream err) throws IOException {
    Path path = Files.createDirectory(folder.resolve("processor"));
    Path file = Files.writeString(folder.resolve("Processor.java"), processor);
    for (var each : SourceCompiler.compile(List.of(file), List.of(), NOWHERE).entrySet()) {
      Files.write(path.resolve(each.getKey() + ".class"), each.getValue());
    }
    Path chat = Files.writeString(folder.resolve("Chat.java"), source);
    List<String> options =
        List.of("-proc:full", "-processorpath", path.toString(), "-processor", "Processor");
    try (IncrementalCompiler compiler = new IncrementalCompiler()) {
      return compiler.compile(new SourceSet(List.of(chat), options, List.of(), true), null, Map.of(), false, err).all();
    }
  }
}
