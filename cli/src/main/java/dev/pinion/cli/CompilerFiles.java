package dev.pinion.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.ForwardingJavaFileObject;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import org.jspecify.annotations.Nullable;

/**
 * The files of one run of the compiler: it finds classes in memory before those of the class path, and writes to
 * memory. Closing it closes nothing: the files below are used again.
 */
final class CompilerFiles extends ForwardingJavaFileManager<StandardJavaFileManager> {
  /** Stands for all sources that are not the program's own. */
  private static final Path GENERATED = Path.of("");

  private final Map<String, List<InMemory>> known = new HashMap<>();
  private final Map<Path, Map<String, ByteArrayOutputStream>> written = new LinkedHashMap<>();
  private final Map<String, Written> resources = new HashMap<>();
  private final Map<Path, Path> sources = new HashMap<>();

  /**
   * The files of a run.
   *
   * @param below everything else
   * @param classes class files by class name
   * @param compiled the sources of the run
   */
  CompilerFiles(StandardJavaFileManager below, Map<String, byte[]> classes, Collection<Path> compiled) {
    super(below);
    compiled.forEach(each -> sources.put(each.toAbsolutePath(), each));
    classes.forEach((name, bytes) -> known.computeIfAbsent(parent(name), _ -> new ArrayList<>())
        .add(new InMemory(name, bytes)));
  }

  private static String parent(String name) {
    return name.substring(0, Math.max(0, name.lastIndexOf('.')));
  }

  /** Returns what was compiled, by source and class name. */
  Map<Path, Map<String, byte[]>> classes() {
    Map<Path, Map<String, byte[]>> all = new LinkedHashMap<>();
    written.forEach((source, classes) -> {
      Map<String, byte[]> files = new LinkedHashMap<>();
      classes.forEach((name, bytes) -> files.put(name, bytes.toByteArray()));
      all.put(source, files);
    });
    return all;
  }

  /** Returns the sources of the run, with what they held when they were read. */
  List<JavaFileObject> units(SourceContents texts) {
    List<Path> sorted = sources.values().stream().sorted().toList();
    List<JavaFileObject> units = new ArrayList<>();
    Iterator<Path> each = sorted.iterator();
    fileManager.getJavaFileObjectsFromPaths(sorted).forEach(file -> units.add(new Read(file, each.next(), texts)));
    return units;
  }

  @Override
  public Iterable<JavaFileObject> list(
      Location location, String name, Set<JavaFileObject.Kind> kinds, boolean recurse) throws IOException {
    Iterable<JavaFileObject> below = super.list(location, name, kinds, recurse);
    if (location != StandardLocation.CLASS_PATH || !kinds.contains(JavaFileObject.Kind.CLASS)) return below;
    List<InMemory> own = known.getOrDefault(name, List.of());
    if (own.isEmpty()) return below;
    List<JavaFileObject> all = new ArrayList<>(own);
    Set<String> names = new HashSet<>();
    own.forEach(each -> names.add(each.name));
    below.forEach(each -> {
      if (!names.contains(super.inferBinaryName(location, each))) all.add(each);
    });
    return all;
  }

  @Override
  public @Nullable String inferBinaryName(Location location, JavaFileObject file) {
    return file instanceof InMemory own ? own.name : super.inferBinaryName(location, file);
  }

  @Override
  public boolean contains(JavaFileManager.Location location, FileObject file) throws IOException {
    return file instanceof InMemory ? location == StandardLocation.CLASS_PATH : super.contains(location, file);
  }

  @Override
  public boolean isSameFile(FileObject one, FileObject other) {
    boolean inMemory = one instanceof InMemory || other instanceof InMemory;
    return inMemory ? one.equals(other) : super.isSameFile(onDisk(one), onDisk(other));
  }

  private static FileObject onDisk(FileObject file) {
    return file instanceof Read read ? read.file() : file;
  }

  @Override
  public JavaFileObject getJavaFileForOutput(
      Location location, String name, JavaFileObject.Kind kind, @Nullable FileObject sibling) throws IOException {
    if (kind != JavaFileObject.Kind.CLASS) {
      return hasLocation(location) ? super.getJavaFileForOutput(location, name, kind, sibling)
          : new Written(inMemory(name.replace('.', '/') + kind.extension), kind);
    }
    Written file = new Written(uri(name), kind);
    Path source = sibling == null || sibling instanceof Written ? GENERATED
        : sources.getOrDefault(Path.of(sibling.toUri()), GENERATED);
    written.computeIfAbsent(source, _ -> new LinkedHashMap<>()).put(name, file.bytes);
    return file;
  }

  /**
   * Returns a file for what an annotation processor writes beside classes. It stays in memory: the compiler, which
   * knows no folder for it, would write it to that of the command.
   */
  @Override
  public FileObject getFileForOutput(
      Location location, String name, String file, @Nullable FileObject sibling) throws IOException {
    if (location != StandardLocation.CLASS_OUTPUT && hasLocation(location)) {
      return super.getFileForOutput(location, name, file, sibling);
    }
    String path = (name.isEmpty() ? "" : name.replace('.', '/') + "/") + file;
    return resources.computeIfAbsent(
        location + "/" + path, _ -> new Written(inMemory(path), JavaFileObject.Kind.OTHER));
  }

  private static URI inMemory(String path) {
    try {
      return new URI("memory", null, "/" + path, null);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(path, e);
    }
  }

  @Override
  public void close() {
    // what is below is used again
  }

  private static URI uri(String name) {
    return inMemory(name.replace('.', '/') + JavaFileObject.Kind.CLASS.extension);
  }

  /** A file that the run writes. */
  private static final class Written extends SimpleJavaFileObject {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean exists;

    Written(URI uri, Kind kind) {
      super(uri, kind);
    }

    @Override
    public OutputStream openOutputStream() {
      exists = true;
      bytes.reset();
      return bytes;
    }

    @Override
    public InputStream openInputStream() throws IOException {
      if (!exists) throw new NoSuchFileException(getName());
      return new ByteArrayInputStream(bytes.toByteArray());
    }

    @Override
    public CharSequence getCharContent(boolean ignoreErrors) throws IOException {
      if (!exists) throw new NoSuchFileException(getName());
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }

  /** A class that was compiled before. */
  private static final class InMemory extends SimpleJavaFileObject {
    final String name;
    private final byte[] bytes;

    InMemory(String name, byte[] bytes) {
      super(uri(name), Kind.CLASS);
      this.name = name;
      this.bytes = bytes;
    }

    @Override
    public InputStream openInputStream() {
      return new ByteArrayInputStream(bytes);
    }
  }

  /** A source that was read before it is compiled. */
  private static final class Read extends ForwardingJavaFileObject<JavaFileObject> {
    private final Path source;
    private final SourceContents texts;

    Read(JavaFileObject file, Path source, SourceContents texts) {
      super(file);
      this.source = source;
      this.texts = texts;
    }

    JavaFileObject file() {
      return fileObject;
    }

    /** What is no text, the compiler reads itself, and says so. */
    @Override
    public CharSequence getCharContent(boolean ignoreErrors) throws IOException {
      Optional<String> text = texts.text(source);
      return text.isPresent() ? text.get() : super.getCharContent(ignoreErrors);
    }
  }
}
