package dev.pinion.lambda;

import dev.pinion.json.RecordCodec;
import dev.pinion.spi.JsonCodec.MismatchException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the members of a JSON object. A member of another type is an error that names its place. A member that is null
 * counts as missing. It does not read records, because reflection would take a tenth of a function's start.
 *
 * @param path the place of the object, followed by a dot; empty for the whole text
 */
record Members(String path, Map<?, ?> all) {

  /** Reads a text that is one object. */
  static Members of(String text, RecordCodec json) throws MismatchException {
    if (json.read(text, Object.class) instanceof Map<?, ?> all) {
      return new Members("", all);
    }
    throw new MismatchException("not an object");
  }

  private MismatchException wrong(String name, String what) {
    return new MismatchException(path + name + ": " + what);
  }

  private <T> Optional<T> member(String name, Class<T> type, String wanted) throws MismatchException {
    @Nullable Object value = all.get(name);
    if (value != null && !type.isInstance(value)) {
      throw wrong(name, "not " + wanted);
    }
    return Optional.ofNullable(type.cast(value));
  }

  private <T> T there(String name, Optional<T> member) throws MismatchException {
    if (member.isEmpty()) {
      throw wrong(name, "missing");
    }
    return member.get();
  }

  Members object(String name) throws MismatchException {
    return new Members(path + name + ".", there(name, member(name, Map.class, "an object")));
  }

  /** Returns an object; empty if it is missing. */
  Members optionalObject(String name) throws MismatchException {
    return all.get(name) == null ? new Members(path + name + ".", Map.of()) : object(name);
  }

  /** Returns an array of objects. */
  List<Members> objects(String name) throws MismatchException {
    List<?> elements = there(name, member(name, List.class, "an array"));
    List<Members> objects = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      String place = name + "[" + i + "]";
      if (!(elements.get(i) instanceof Map<?, ?> members)) throw wrong(place, "not an object");
      objects.add(new Members(path + place + ".", members));
    }
    return objects;
  }

  String text(String name) throws MismatchException {
    return there(name, optionalText(name));
  }

  Optional<String> optionalText(String name) throws MismatchException {
    return member(name, String.class, "text");
  }

  long number(String name) throws MismatchException {
    return there(name, optionalNumber(name));
  }

  Optional<Long> optionalNumber(String name) throws MismatchException {
    return member(name, Long.class, "a whole number");
  }

  Optional<Boolean> optionalBool(String name) throws MismatchException {
    return member(name, Boolean.class, "true or false");
  }

  /** Returns a text; empty if it is missing or no text. */
  String textOrEmpty(String name) {
    return all.get(name) instanceof String text ? text : "";
  }

  /** Returns a number; another one if it is missing or not a whole number. */
  long numberOr(String name, long otherwise) {
    return all.get(name) instanceof Long number ? number : otherwise;
  }

  /** Returns an object; an empty one if it is missing or no object. */
  Members objectOrEmpty(String name) {
    return new Members(path + name + ".", all.get(name) instanceof Map<?, ?> members ? members : Map.of());
  }

  /** Returns all members, which must be strings. */
  Map<String, String> texts() throws MismatchException {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Object name : all.keySet()) {
      texts.put(String.valueOf(name), text(String.valueOf(name)));
    }
    return texts;
  }

  /** Returns an array of strings; empty if it is missing. */
  List<String> optionalTexts(String name) throws MismatchException {
    return all.get(name) == null ? List.of() : texts(name);
  }

  private List<String> texts(String name) throws MismatchException {
    List<?> elements = there(name, member(name, List.class, "an array"));
    String[] texts = new String[elements.size()];
    for (int i = 0; i < texts.length; i++) {
      if (!(elements.get(i) instanceof String text)) {
        throw wrong(name + "[" + i + "]", "not text");
      }
      texts[i] = text;
    }
    return List.of(texts);
  }

  /** Returns all members, which must be arrays of strings. */
  Map<String, List<String>> textLists() throws MismatchException {
    Map<String, List<String>> lists = new LinkedHashMap<>();
    for (Object each : all.keySet()) {
      String name = String.valueOf(each);
      lists.put(name, texts(name));
    }
    return lists;
  }
}
