package dev.pinion.awscdk;

import com.nimbusds.jose.JWSObject;
import dev.pinion.App;
import dev.pinion.inspect.ApiLoader;
import dev.pinion.jwt.Jwt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

import static java.util.Objects.requireNonNull;

/// A program of this repository, compiled to a folder, and how its app is given to CDK.
///
/// @param file its source
/// @param folder its classes
record Program(Path file, Path folder) {
  static final Path ROOT = root();

  /// What a program's functions are made of while only the template matters: a zip with nothing in it.
  static final Path ZIP = zip();

  private static final Map<String, Path> ASSEMBLIES = new HashMap<>();
  private static List<Program> all = List.of();

  /// The programs of all examples, each in a folder with a project file, one with odd names, and one for IAM.
  static List<Program> all() {
    if (all.isEmpty()) all = found();
    return all;
  }

  private static List<Program> found() {
    try (Stream<Path> files = Files.list(ROOT.resolve("examples"))) {
      List<Path> examples = files.filter(file -> Files.exists(file.resolve("pom.xml")))
          .flatMap(Program::sources)
          .filter(source -> read(source).contains(" implements App "))
          .sorted()
          .toList();
      return Stream
          .concat(examples.stream(),
              Stream.of("Odd", "Signed").map(name -> ROOT.resolve(".ci/programs/" + name + ".java")))
          .map(Program::compiled)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> sources(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Program compiled(Path file) {
    try {
      Path folder = Files.createTempDirectory("pinion-program");
      var compiler = ToolProvider.getSystemJavaCompiler();
      try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
        List<String> options = List.of("-g", "-parameters", "-proc:none", "-d", folder.toString(),
            "-cp", System.getProperty("java.class.path"));
        assert compiler.getTask(null, files, null, options, null, files.getJavaFileObjects(file)).call() : file;
      }
      return new Program(file, folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// One of the examples.
  static Program example(String name) {
    return all().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  /// The cloud assembly of the program in a folder.
  Path assembly(Path out) {
    Synthesis.write(app(), ZIP, out, name());
    return out;
  }

  /// The cloud assembly of the program, synthesized once.
  Path assembly() {
    return ASSEMBLIES.computeIfAbsent(name(), _ -> {
      Path out = folder.resolveSibling(folder.getFileName() + ".out");
      Synthesis.write(app(), ZIP, out, name());
      return out;
    });
  }

  String name() {
    return String.valueOf(file.getFileName()).replace(".java", "");
  }

  /// The app's class, loaded as the command does.
  Class<? extends App> app() {
    try {
      URL jwt = Jwt.class.getProtectionDomain().getCodeSource().getLocation();
      URL jose = JWSObject.class.getProtectionDomain().getCodeSource().getLocation();
      URLClassLoader loader = new URLClassLoader(new URL[] {ClassPath.url(folder), jwt, jose}, new ApiLoader());
      return Class.forName(name(), false, loader).asSubclass(App.class);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return name();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path zip() {
    try {
      byte[] end = new byte[22];
      System.arraycopy(new byte[] {'P', 'K', 5, 6}, 0, end, 0, 4);
      return Files.write(Files.createTempDirectory("pinion-zip").resolve("function.zip"), end);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("LICENSE"))) {
      folder = requireNonNull(folder.getParent(), "no LICENSE in any folder above");
    }
    return folder;
  }
}
