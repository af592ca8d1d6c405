package dev.pinion.inspect;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.util.Objects.requireNonNull;

/// Pieces of programs with gaps for other pieces, read from the files beside this class.
final class Shapes {
  private static final Pattern GAP = Pattern.compile("\\{(S|A|E|C|T|V|W|X|Q|CFG|SEC)}");
  private static final Map<Sort, List<Shape>> ALL = new EnumMap<>(Sort.class);

  static {
    ALL.put(Sort.STATEMENT, read("statements"));
    ALL.put(Sort.ACT, read("acts"));
    ALL.put(Sort.TABLE, read("tables"));
    ALL.put(Sort.HOLDER, read("holders"));
    List<Shape> kinds = read("kinds");
    ALL.put(Sort.RUNNABLE, kinds.stream().filter(each -> each.name.startsWith("Runnable ")).toList());
    ALL.put(Sort.APP_ACT, kinds.stream().filter(each -> each.name.startsWith("Act ")).toList());
  }

  private Shapes() {}

  /// What a piece is of.
  enum Sort {
    STATEMENT,
    /// A statement that uses a resource.
    ACT,
    /// An expression of a table.
    TABLE,
    /// An expression of a `Runnable`.
    RUNNABLE,
    /// An expression of the program's own functional interface, `Act`.
    APP_ACT,
    /// A place where a value is kept.
    HOLDER
  }

  /// A piece; its parts are `member`, of the app's class, `define`, and those that its sort has.
  record Shape(String name, Map<String, String> parts) {
    String part(String name) {
      return parts.getOrDefault(name, "");
    }

    /// The gaps that other pieces fill, in the order in which they are rendered.
    List<Sort> gaps() {
      List<Sort> gaps = new ArrayList<>();
      for (String part : parts.values()) {
        for (Matcher each = GAP.matcher(part); each.find();) {
          switch (each.group(1)) {
            case "S" -> gaps.add(Sort.STATEMENT);
            case "A" -> gaps.add(Sort.ACT);
            case "E" -> gaps.add(Sort.RUNNABLE);
            case "C" -> gaps.add(Sort.APP_ACT);
            case "T" -> gaps.add(Sort.TABLE);
            default -> {
            }
          }
        }
      }
      return gaps;
    }

    /// Whether it waits for another thread.
    boolean waits() {
      return parts.values().stream()
          .anyMatch(each -> each.matches("(?s).*(Async|Executor|Thread|Timer|parallel|Fork).*"));
    }

    boolean has(String part, String gap) {
      return part(part).contains(gap);
    }
  }

  static List<Shape> of(Sort sort) {
    return requireNonNull(ALL.get(sort));
  }

  static Matcher gaps(String text) {
    return GAP.matcher(text);
  }

  /// The pieces of a file beside this class.
  static List<Shape> read(String file) {
    try (InputStream in = requireNonNull(Shapes.class.getResourceAsStream(file + ".txt"))) {
      List<Shape> all = new ArrayList<>();
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String each : text.substring(text.indexOf("=== ") + 4).split("\n=== ", -1)) all.add(parse(each));
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Shape parse(String text) {
    List<String> lines = text.lines().filter(each -> !each.isBlank()).toList();
    Map<String, String> parts = new LinkedHashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      int colon = line.indexOf(": ");
      parts.merge(line.substring(0, colon), line.substring(colon + 2), (one, two) -> one + "\n" + two);
    }
    return new Shape(lines.getFirst(), parts);
  }
}
