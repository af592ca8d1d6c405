package dev.pinion.cli;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** The JDK's compiler, in this process, with output to memory. */
final class SourceCompiler {
  /** The options for programs without a build. */
  static final List<String> OPTIONS = List.of("-g", "-parameters", "-proc:none", "-implicit:none");

  private static final Pattern SIMPLIFIED = Pattern.compile("(?m)^Note: Some messages have been simplified; .*\\R");

  private SourceCompiler() {}

  /**
   * Compiles source files.
   *
   * @param libraries the sources' dependencies besides the JDK and Pinion
   * @param err where warnings go
   * @return class files by class name
   * @throws UserException with the compiler's messages
   */
  static Map<String, byte[]> compile(Collection<Path> sources, List<Path> libraries, PrintStream err) {
    JavaCompiler compiler = find();
    StringWriter messages = new StringWriter();
    try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);
        var memory = new Memory(files)) {
      List<String> options =
          Stream.concat(OPTIONS.stream(), Stream.of("-classpath", classpath(libraries))).toList();
      var units = files.getJavaFileObjectsFromPaths(sources);
      if (!compiler.getTask(messages, memory, null, options, null, units).call()) {
        throw new UserException(text(messages).stripTrailing());
      }
      err.print(text(messages));
      return memory.classFiles();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns the JDK's compiler.
   *
   * @throws UserException if this is no JDK
   */
  static JavaCompiler find() {
    @Nullable JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler != null) return compiler;
    throw new UserException(
        "error: " + System.getProperty("java.home") + " has no compiler: use a JDK instead of a JRE");
  }

  private static String classpath(List<Path> libraries) {
    return Stream.concat(Stream.of(Installation.api()), libraries.stream())
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Keeps class files in memory. */
  private static final class Memory extends ForwardingJavaFileManager<StandardJavaFileManager> {
    private final Map<String, ByteArrayOutputStream> written = new LinkedHashMap<>();

    Memory(StandardJavaFileManager files) {
      super(files);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      written.put(name, bytes);
      return new SimpleJavaFileObject(URI.create("memory:///" + name.replace('.', '/') + kind.extension), kind) {
        @Override
        public OutputStream openOutputStream() {
          return bytes;
        }
      };
    }

    Map<String, byte[]> classFiles() {
      Map<String, byte[]> files = new LinkedHashMap<>();
      written.forEach((name, bytes) -> files.put(name, bytes.toByteArray()));
      return files;
    }
  }

  /** Returns what the compiler has printed, without its advice to call it with another option. */
  static String text(StringWriter messages) {
    return SIMPLIFIED.matcher(messages.toString()).replaceAll("");
  }
}
