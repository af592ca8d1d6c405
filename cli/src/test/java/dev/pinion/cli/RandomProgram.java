package dev.pinion.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A small program of classes in two packages, which random edits change. Names are few, so that members hide, override
/// and overload each other. Many edits lead to a program that does not compile.
final class RandomProgram {
  private static final int MOST_MEMBERS = 12;
  private static final List<String> KINDS =
      List.of("class", "class", "class", "class", "interface", "interface", "enum",
          "record", "@interface");
  private static final List<String> ACCESS = List.of("", "public ", "public ", "private ", "protected ");

  private final Random random;
  private final RandomCode code;
  private Map<String, Source> sources = new TreeMap<>();
  private Map<String, Source> before = Map.of();

  /// A file of one class, and what else stands in it.
  record Source(String folder, String name, String kind, String head, String parameters, String superclass,
      List<String> interfaces, String permits, String constants, List<String> imports, List<String> members,
      String more) {
    Source below(String other) {
      return new Source(folder, name, kind, head, parameters, other, interfaces, permits, constants, imports, members,
          more);
    }

    Source members(List<String> others) {
      return new Source(folder, name, kind, head, parameters, superclass, interfaces, permits, constants, imports,
          others,
          more);
    }

    private String text() {
      String above = switch (kind) {
        case "interface" -> list(" extends ", interfaces);
        case "class" -> (superclass.isEmpty() ? "" : " extends " + superclass) + list(" implements ", interfaces);
        case "@interface" -> "";
        default -> list(" implements ", interfaces);
      };
      String body = kind.equals("enum") ? constants + ";\n" : "";
      String components = kind.equals("record") ? "(" + constants + ")" : "";
      boolean generic = !kind.equals("enum") && !kind.equals("@interface");
      return "package " + folder + ";\n" + String.join("", imports) + head + kind + " " + name
          + (generic ? parameters : "") + components + above + permits + " {\n" + body
          + members.stream().map(each -> "  " + each + "\n").collect(Collectors.joining()) + "}\n" + more;
    }

    private static String list(String word, List<String> names) {
      return names.isEmpty() ? "" : word + String.join(", ", names);
    }
  }

  RandomProgram(Random random, int classes) {
    this.random = random;
    code = new RandomCode(random, classes);
    for (int i = 0; i < classes; i++) {
      Source source = fresh(i % 2 == 0 ? "p" : "q", "C" + i);
      List<String> members = new ArrayList<>(List.of("public int x;", "public Object m() { return null; }"));
      for (int each = 0; i == 0 && each < classes; each++) {
        members.add("public static C%1$d c%1$d() { return null; }".formatted(each));
      }
      put(source.below(i < 2 ? "" : "C" + random.nextInt(i)).members(members));
    }
  }

  private void put(Source source) {
    sources.put(source.folder + "/" + source.name + ".java", source);
  }

  private Source fresh(String folder, String name) {
    String other = folder.equals("p") ? "q" : "p";
    return new Source(folder, name, "class", "public ", "", "", List.of(), "", "",
        List.of("import " + other + ".*;\n"), List.of(), "");
  }

  /// Returns what the files hold, by name.
  Map<String, String> texts() {
    return sources.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().text(), (a, _) -> a, TreeMap::new));
  }

  /// Changes the program in one to three places.
  void edit() {
    before = new TreeMap<>(sources);
    int edits = random.nextInt(4) == 0 ? 2 + random.nextInt(2) : 1;
    IntStream.range(0, edits).forEach(_ -> editOnce());
  }

  /// Takes the last edit back.
  void undo() {
    sources = new TreeMap<>(before);
  }

  private void editOnce() {
    String file = code.one(List.copyOf(sources.keySet()));
    Source old = sources.getOrDefault(file, fresh("p", "C0"));
    switch (random.nextInt(24)) {
      case 0 -> sources.remove(file);
      case 1 -> put(fresh(code.one(List.of("p", "q")), code.type()));
      case 2, 3, 4, 5 -> sources.put(file, header(old));
      default -> sources.put(file, old.members(members(old)));
    }
    if (sources.isEmpty()) put(old);
  }

  private Source header(Source old) {
    String head = old.head;
    String superclass = old.superclass;
    String kind = old.kind;
    String parameters = old.parameters;
    String permits = old.permits;
    String constants = old.constants;
    String more = old.more;
    List<String> interfaces = old.interfaces;
    List<String> imports = old.imports;
    switch (random.nextInt(9)) {
      case 0 -> head = code.one(List.of("public ", "", "public abstract ", "public final ", "public sealed ",
          "public non-sealed ", "@Deprecated public ", "@Deprecated(forRemoval = true) public ",
          "@FunctionalInterface public ", "@java.lang.annotation.Repeatable(C1.class) public ",
          "@java.lang.annotation.Target(java.lang.annotation.ElementType.METHOD) public "));
      case 1, 2 -> superclass = code.one(List.of("", code.reference(), code.reference()));
      case 3 -> interfaces = code.one(List.of(List.of(), List.of(code.reference()),
          List.of(code.reference(), code.reference()), List.of("AutoCloseable"), List.of("Iterable<String>")));
      case 4 -> {
        kind = code.one(KINDS);
        constants = constants(kind);
        head = "public ";
      }
      case 5 -> parameters = code.one(List.of("", "<T>", "<T extends " + code.type() + ">", "<T, U extends T>"));
      case 6 -> constants = constants(kind);
      case 7 -> imports = imports(old);
      case 8 -> {
        permits = code.one(List.of("", " permits " + code.type(), " permits " + code.type() + ", " + code.type()));
        more = code.one(List.of("", "", "class Aux" + old.name + " extends " + code.type() + " {}\n"));
      }
      default -> throw new AssertionError();
    }
    return new Source(old.folder, old.name, kind, head, parameters, superclass, interfaces, permits, constants, imports,
        old.members, more);
  }

  private String constants(String kind) {
    return switch (kind) {
      case "enum" -> code.one(List.of("A", "A, B", "B, A", "A, B, C", "A { int m() { return 1; } }, B"));
      case "record" -> code.one(List.of("", "int x", "long x", "int x, int y", code.type() + " x", "int... x"));
      default -> "";
    };
  }

  private List<String> imports(Source old) {
    String other = old.folder.equals("p") ? "q" : "p";
    List<String> all = new ArrayList<>(List.of("import " + other + ".*;\n"));
    for (int i = random.nextInt(3); i > 0; i--) {
      String type = code.one(List.of("p.", "q.")) + code.type();
      all.add(code.one(List.of("import " + type + ";\n", "import static " + type + ".*;\n",
          "import static " + type + "." + code.name() + ";\n", "import " + type + ".Inner;\n",
          "import static " + type + ".K;\n", "import java.util.*;\n")));
    }
    return all;
  }

  private List<String> members(Source old) {
    List<String> members = new ArrayList<>(old.members);
    int place = members.isEmpty() ? -1 : random.nextInt(members.size());
    if (place >= 0 && (members.size() > MOST_MEMBERS || random.nextInt(4) == 0)) {
      members.remove(place);
    } else if (place >= 0 && random.nextInt(3) > 0) {
      members.set(place, changed(members.get(place), old));
    } else {
      members.add(member(old));
    }
    return members;
  }

  private String changed(String member, Source old) {
    UnaryOperator<String> change = code.one(List.of(
        text -> text.replaceFirst("^(public |private |protected |)", code.one(ACCESS)),
        text -> text.contains("static ") ? text.replaceFirst("static ", "") : "static " + text,
        text -> text.contains("final ") ? text.replaceFirst("final ", "") : "final " + text,
        text -> text.startsWith("@") ? text.replaceFirst("^@\\S+ ", "") : "@Deprecated " + text,
        text -> text.replaceFirst("\\b(int|long|String|Object|void)\\b", code.simple()),
        text -> text.replaceFirst("\\b[xymnK]\\b", code.name()),
        text -> text.replaceFirst("\\bC\\d\\b", code.type()),
        text -> text.replaceFirst("\\b\\d\\b", String.valueOf(random.nextInt(5))),
        text -> text.contains("throws") ? text.replaceFirst(" throws \\w+", "")
            : text.replaceFirst("\\) \\{", ") throws Exception {"),
        _ -> member(old)));
    return change.apply(member);
  }

  private String member(Source old) {
    String access = old.kind.equals("interface") || old.kind.equals("@interface")
        ? code.one(List.of("", "", "default ", "static ", "private "))
        : code.one(ACCESS);
    return code.member(access, old.kind, old.name);
  }
}
