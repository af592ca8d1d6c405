package dev.pinion.inspect;

import dev.pinion.App;
import dev.pinion.Definition;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/// Programs of one file, compiled into memory.
final class Programs {
  private Programs() {}

  /// A class loader of sources, by the names of their classes.
  static Loader compile(Map<String, String> sources) {
    JavaCompiler compiler = requireNonNull(ToolProvider.getSystemJavaCompiler());
    StringWriter messages = new StringWriter();
    Map<String, byte[]> classes = new HashMap<>();
    List<Source> units = sources.entrySet().stream().map(each -> new Source(each.getKey(), each.getValue())).toList();
    List<String> options = List.of("-g", "-proc:none", "-classpath", System.getProperty("java.class.path"));
    try (Memory memory = new Memory(compiler.getStandardFileManager(null, null, null))) {
      if (!compiler.getTask(messages, memory, null, options, null, units).call()) {
        throw new AssertionError(messages + "\n" + sources.values());
      }
      memory.written.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Loader(classes);
  }

  /// An app with a `define` of these statements, and more members.
  static String app(String name, String statements, String members) {
    return """
        import dev.pinion.*;
        import java.util.*;
        import java.util.concurrent.*;
        import java.util.function.*;
        import java.util.stream.*;
        import static dev.pinion.AttributeType.STRING;

        public final class %s implements App {
          %s
          @Override
          public void define(Cloud cloud) {
            %s
          }
        }
        """.formatted(name, members, statements);
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(URI.create("memory:///" + name + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> written = new HashMap<>();

    Memory(JavaFileManager files) {
      super(files);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      written.put(name, bytes);
      return new SimpleJavaFileObject(URI.create("memory:///" + name + kind.extension), kind) {
        @Override
        public OutputStream openOutputStream() {
          return bytes;
        }
      };
    }
  }

  /// Loads what was compiled. As in the command, it sees Pinion's API, which another loader has, and nothing else.
  static final class Loader extends ClassLoader {
    private final Map<String, byte[]> classes;

    Loader(Map<String, byte[]> classes) {
      super(new ApiLoader());
      this.classes = Map.copyOf(classes);
    }

    Set<String> names() {
      return classes.keySet();
    }

    /// A loader of the same classes, with static fields of their own: what a function's instance is.
    Loader fresh() {
      return new Loader(classes);
    }

    Inspection inspect(String app) {
      return new Inspector(this, names()).inspect(app, definition(app).model());
    }

    /// The app as a platform runs it, in a loader of its own.
    Definition definition(String app) {
      try {
        return Definition.of((App) fresh().loadClass(app).getDeclaredConstructor().newInstance());
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte @Nullable [] file = classes.get(name);
      if (file == null) throw new ClassNotFoundException(name);
      return defineClass(name, file, 0, file.length);
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
      byte @Nullable [] file = classes.get(name.replace(".class", "").replace('/', '.'));
      return file == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(file);
    }
  }
}
