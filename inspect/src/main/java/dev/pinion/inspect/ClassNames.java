package dev.pinion.inspect;

import java.lang.constant.ClassDesc;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Names of classes; of the user's, in texts: code outside the app may load what a text names. */
final class ClassNames {
  private final Set<String> own;
  private final List<String> qualified;
  private final Map<String, List<String>> known = new HashMap<>();

  ClassNames(Set<String> own) {
    this.own = own;
    this.qualified = own.stream().filter(ClassNames::isQualified).sorted().toList();
  }

  /** The binary name of a class, or the descriptor of an array. */
  static String binary(ClassDesc type) {
    String descriptor = type.descriptorString();
    return type.isArray() ? descriptor : descriptor.substring(1, descriptor.length() - 1).replace('/', '.');
  }

  /** A binary name without its package and outer classes. */
  static String shortName(String binary) {
    return binary.substring(Math.max(binary.lastIndexOf('.'), binary.lastIndexOf('$')) + 1);
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
