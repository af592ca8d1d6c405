package dev.pinion;

import java.util.List;

/** DynamoDB's types in the words of messages, and the Java to use for them. */
final class TypeNames {
  private TypeNames() {}

  /** Returns a value's type, such as {@code a string}. */
  static String described(AttributeValue value) {
    return switch (value) {
      case AttributeValue.S _ -> "a string";
      case AttributeValue.N _ -> "a number";
      case AttributeValue.B _ -> "binary";
      case AttributeValue.Bool _ -> "a boolean";
      case AttributeValue.Null _ -> "null";
      case AttributeValue.L _ -> "a list";
      case AttributeValue.M _ -> "a map";
      case AttributeValue.Ss _ -> "a set of strings";
      case AttributeValue.Ns _ -> "a set of numbers";
      case AttributeValue.Bs _ -> "a set of binaries";
    };
  }

  /** Returns what to pass for a key attribute of a type. */
  static String example(AttributeType type) {
    return switch (type) {
      case STRING -> "a String";
      case NUMBER -> "an int, a long or a BigDecimal";
      case BINARY -> "a byte[]";
    };
  }

  /** Returns the calls of {@link Item} that read a value of this type from an attribute. */
  static String readers(AttributeValue value, String name) {
    List<String> readers = switch (value) {
      case AttributeValue.S _ -> List.of("string");
      case AttributeValue.N _ -> List.of("integer", "number");
      case AttributeValue.B _ -> List.of("bytes");
      case AttributeValue.Bool _ -> List.of("bool");
      case AttributeValue.L _ -> List.of("list");
      case AttributeValue.M _ -> List.of("map");
      case AttributeValue.Ss _ -> List.of("strings");
      case AttributeValue.Ns _ -> List.of("numbers");
      case AttributeValue.Null _, AttributeValue.Bs _ -> List.of("attribute");
    };
    return String.join(" or ", readers.stream().map(each -> each + "(\"" + name + "\")").toList());
  }
}
