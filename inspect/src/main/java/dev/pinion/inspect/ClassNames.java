package dev.pinion.inspect;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Names of the user's classes in texts: code outside the app may load what a text names. */
final class ClassNames {
  private final Set<String> own;
  private final List<String> qualified;
  private final Map<String, List<String>> known = new HashMap<>();

  ClassNames(Set<String> own) {
    this.own = own;
    this.qualified = own.stream().filter(ClassNames::isQualified).sorted().toList();
  }

  private static boolean isQualified(String name) {
    return name.indexOf('.') >= 0 || name.indexOf('$') > 0;
  }

  /** The classes that a text names: itself a name, or with names of a package or of nested classes in it. */
  List<String> in(String text) {
    return known.computeIfAbsent(text, each -> {
      if (own.contains(each)) return List.of(each);
      return isQualified(each) ? qualified.stream().filter(name -> contains(each, name)).toList() : List.of();
    });
  }

  private static boolean contains(String text, String name) {
    for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
      int end = at + name.length();
      boolean begins = at == 0 || !Character.isJavaIdentifierPart(text.charAt(at - 1));
      if (begins && (end == text.length() || !Character.isJavaIdentifierPart(text.charAt(end)))) return true;
    }
    return false;
  }
}
