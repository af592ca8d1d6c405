package dev.pinion.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The sources that a Java file uses, found by name as Java's own launcher does: class {@code game.Board} is in {@code
 * game/Board.java}, below the folder in which the packages of the file begin. Tests are not among them.
 *
 * <p>Source: JEP 458, "Launch Multi-File Source-Code Programs".
 */
final class NeighborSources {
  private static final String PART = "\\p{javaJavaIdentifierPart}";
  private static final String IDENTIFIER = "\\p{javaJavaIdentifierStart}" + PART + "*";
  private static final Pattern PACKAGE = Pattern.compile("(?:^|[;\\s])package\\s+([" + PART + ".]+)\\s*;");
  private static final Pattern IMPORT =
      Pattern.compile("(?<!" + PART + ")import\\s+(?:static\\s+)?([" + PART + ".]+)(\\.\\*)?\\s*;");
  private static final Pattern NAME = Pattern.compile(IDENTIFIER + "(?:\\s*\\.\\s*" + IDENTIFIER + ")*");

  private final Path root;
  private final Map<Path, Set<String>> listed = new HashMap<>();
  private final Set<Path> found = new LinkedHashSet<>();
  private final Deque<Path> open = new ArrayDeque<>();
  /** Where a source may appear that would be used. */
  private final Set<Path> looked = new LinkedHashSet<>();

  private NeighborSources(Path root) {
    this.root = root;
  }

  /** Returns a file and the sources that it uses, itself first, then in the order of their paths. */
  static List<Path> of(Path file) {
    Path self = file.toAbsolutePath().normalize();
    Path folder = folder(self);
    Optional<String> text = text(self);
    Optional<Path> root = text.flatMap(each -> root(folder, each));
    if (root.isEmpty()) return List.of(file);
    NeighborSources sources = new NeighborSources(root.get());
    if (!sources.mayUse(self, text.get())) return List.of(file);
    sources.find(self, text.get());
    Set<Path> others = new TreeSet<>(sources.found);
    others.remove(self);
    return file(file, folder, others);
  }

  /** Returns the folders, existing or not, in which a file may appear that would be used. */
  static Set<Path> folders(Path file) {
    Path self = file.toAbsolutePath().normalize();
    Optional<String> text = text(self);
    Optional<Path> root = text.flatMap(each -> root(folder(self), each));
    if (root.isEmpty()) return Set.of();
    NeighborSources sources = new NeighborSources(root.get());
    sources.find(self, text.get());
    return sources.looked;
  }

  private void find(Path self, String text) {
    found.add(self);
    uses(folder(self), JavaText.withoutTexts(text));
    while (!open.isEmpty()) {
      Path next = open.remove();
      text(next).ifPresent(each -> uses(folder(next), JavaText.withoutTexts(each)));
    }
  }

  /** Writes the paths as the user has written the file's. */
  private static List<Path> file(Path file, Path folder, Set<Path> others) {
    Set<Path> all = new LinkedHashSet<>(List.of(file));
    others.forEach(each -> all.add(file.resolveSibling(folder.relativize(each)).normalize()));
    return List.copyOf(all);
  }

  private static Path folder(Path file) {
    return Objects.requireNonNull(file.getParent(), "a file is in a folder");
  }

  private static Optional<String> text(Path file) {
    try {
      return Optional.of(Files.readString(file));
    } catch (IOException e) {
      return Optional.empty(); // the compiler says what is wrong with it
    }
  }

  /** Returns the folder in which a file's packages begin; empty if its folder is not that of its package. */
  private static Optional<Path> root(Path folder, String code) {
    Matcher named = PACKAGE.matcher(code);
    if (!named.find()) return Optional.of(folder);
    Path expected = Path.of(named.group(1).replace('.', '/'));
    if (!folder.endsWith(expected)) return Optional.empty();
    @Nullable Path root = folder;
    for (int i = 0; i < expected.getNameCount() && root != null; i++) root = root.getParent();
    return Optional.ofNullable(root);
  }

  /** Returns quickly whether a file's text has the name of another source, or of a folder that may have some. */
  private boolean mayUse(Path self, String text) {
    String name = String.valueOf(self.getFileName());
    boolean beside = names(folder(self)).stream().anyMatch(
        each -> each.endsWith(".java") && !each.equals(name) && text.contains(each.substring(0, each.length() - 5)));
    return beside || names(root).stream().anyMatch(each -> text.contains(each + "."));
  }

  /** Returns the names of what a folder has; none if there is no such folder. */
  private Set<String> names(Path folder) {
    return listed.computeIfAbsent(folder, each -> {
      String[] names = each.toFile().list();
      return names == null ? Set.of() : Set.of(names);
    });
  }

  private void uses(Path folder, String code) {
    Set<String> others = new HashSet<>();
    DeclaredTypes own = DeclaredTypes.of(code);
    Set<Path> folders = new LinkedHashSet<>(List.of(folder));
    for (Matcher each = IMPORT.matcher(code); each.find();) {
      String name = each.group(1);
      if (each.group(2) != null) folders.add(root.resolve(name.replace('.', '/')));
      else others.add(name.substring(name.lastIndexOf('.') + 1));
      qualified(name);
    }
    looked.addAll(folders);
    for (Matcher each = NAME.matcher(code); each.find();) {
      String name = each.group().replaceAll("\\s", "");
      String first = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
      if (!others.contains(first) && !own.hides(first, each.start())) {
        folders.forEach(one -> add(one.resolve(first + ".java")));
      }
      if (name.contains(".")) qualified(name);
    }
  }

  /** The class of a name with a package, which may go on with members of that. */
  private void qualified(String name) {
    Path at = root;
    boolean exists = true;
    for (String part : name.split("\\.", -1)) {
      looked.add(at);
      if (exists && add(at.resolve(part + ".java"))) return;
      exists = exists && names(at).contains(part);
      at = at.resolve(part);
    }
  }

  /** Adds a source if it exists. */
  private boolean add(Path file) {
    if (found.contains(file)) return true;
    if (!names(folder(file)).contains(String.valueOf(file.getFileName()))) return false;
    if (!Files.isRegularFile(file) || TestCommand.TestSources.isTest(file)) return false;
    found.add(file);
    open.add(file);
    return true;
  }
}
