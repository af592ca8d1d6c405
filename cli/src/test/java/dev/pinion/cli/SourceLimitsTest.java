package dev.pinion.cli;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/// Sizes no Java file of the repository exceeds: 400 lines a file, 40 a method, 120 columns a line.
final class SourceLimitsTest {
  private static final int FILE_LINES = 400;
  private static final int METHOD_LINES = 40;
  private static final int COLUMNS = 120;
  private static final Set<String> NOT_SOURCE = Set.of("target", ".git", ".pinion", "node_modules");

  private static List<Path> sources = List.of();

  @BeforeAll
  static void findSources() throws IOException {
    Path root = root();
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(root, new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        boolean skip = NOT_SOURCE.contains(String.valueOf(folder.getFileName()));
        return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (file.toString().endsWith(".java")) found.add(file);
        return FileVisitResult.CONTINUE;
      }
    });
    sources = found;
  }

  @Test
  void findsTheSources() {
    assertThat(sources).anyMatch(each -> each.endsWith("dev/pinion/package-info.java"));
  }

  @Test
  void filesAreShort() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path source : sources) {
      int lines = Files.readAllLines(source).size();
      if (lines > FILE_LINES) tooLong.add(source + ": " + lines + " lines");
    }
    assertThat(tooLong).as("files of more than %d lines", FILE_LINES).isEmpty();
  }

  @Test
  void linesAreShort() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path source : sources) {
      List<String> lines = Files.readAllLines(source);
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).length() > COLUMNS) tooLong.add(source + ":" + (i + 1));
      }
    }
    assertThat(tooLong).as("lines of more than %d columns", COLUMNS).isEmpty();
  }

  @Test
  void methodsAreShort() throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      var units = files.getJavaFileObjectsFromPaths(sources);
      var task = (JavacTask) compiler.getTask(null, files, null, List.of("-proc:none"), null, units);
      var methods = new LongMethods(Trees.instance(task).getSourcePositions());
      for (CompilationUnitTree unit : task.parse()) {
        methods.scan(unit, unit);
      }
      assertThat(methods.found).as("methods of more than %d lines", METHOD_LINES).isEmpty();
    }
  }

  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("LICENSE"))) {
      folder = requireNonNull(folder.getParent(), "no LICENSE in any folder above");
    }
    return folder;
  }

  private static final class LongMethods extends TreeScanner<Void, CompilationUnitTree> {
    final List<String> found = new ArrayList<>();
    private final SourcePositions positions;

    LongMethods(SourcePositions positions) {
      this.positions = positions;
    }

    @Override
    public Void visitMethod(MethodTree method, CompilationUnitTree unit) {
      LineMap lines = unit.getLineMap();
      long first = lines.getLineNumber(positions.getStartPosition(unit, method));
      long length = lines.getLineNumber(positions.getEndPosition(unit, method)) - first + 1;
      if (length > METHOD_LINES) {
        found.add(unit.getSourceFile().getName() + ":" + first + ": " + method.getName() + ", " + length + " lines");
      }
      return super.visitMethod(method, unit);
    }
  }
}
