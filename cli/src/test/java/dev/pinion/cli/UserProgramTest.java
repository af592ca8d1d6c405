package dev.pinion.cli;

import dev.pinion.App;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A user's program gets no warning from javac, with nothing but core on its class path. */
class UserProgramTest {
  @ParameterizedTest
  @ValueSource(strings = {"chat/Chat.java", "echo/Echo.java", "rooms/Rooms.java"})
  void compilesWithEveryLint(String program, @TempDir Path out) throws IOException, URISyntaxException {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    Path core = Path.of(App.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<String> options =
        List.of("-Xlint:all", "-Werror", "-proc:none", "-classpath", core.toString(), "-d", out.toString());
    try (StandardJavaFileManager files = javac.getStandardFileManager(found, null, null)) {
      var sources = files.getJavaFileObjects(SourceLimitsTest.root().resolve("examples").resolve(program));
      boolean compiled = javac.getTask(null, files, found, options, null, sources).call();
      assertThat(found.getDiagnostics()).extracting(Diagnostic::toString).isEmpty();
      assertThat(compiled).isTrue();
    }
  }
}
