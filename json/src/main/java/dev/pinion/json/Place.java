package dev.pinion.json;

import com.google.gson.stream.JsonReader;
import dev.pinion.spi.JsonCodec.MismatchException;
import java.io.IOException;

/** Where in a JSON text a parser is, in the words of an error: {@code author.tags[1]}, nothing for the whole text. */
final class Place {
  static final int NESTING_LIMIT = 255;
  private static final int LONGEST = 200;

  private Place() {}

  /** An error at the value that comes next. */
  static MismatchException mismatch(JsonReader in, String what) {
    return at(in.getPath(), what);
  }

  /** An error at the value that has just been read. */
  static MismatchException mismatchBefore(JsonReader in, String what) {
    return at(in.getPreviousPath(), what);
  }

  /** An error at a member of the object that has just been read. */
  static MismatchException mismatchInside(JsonReader in, String member, String what) {
    return at(in.getPreviousPath().concat(".").concat(member), what);
  }

  /** What the parser could not take as JSON. */
  static MismatchException notJson(JsonReader in, IOException malformed) {
    String message = String.valueOf(malformed.getMessage());
    boolean deep = message.startsWith("Nesting limit");
    MismatchException mismatch =
        deep
            ? new MismatchException("nested deeper than " + NESTING_LIMIT + " levels")
            : at(in.getPath(), "not JSON");
    mismatch.initCause(malformed);
    return mismatch;
  }

  private static MismatchException at(String path, String what) {
    String place = path.startsWith("$.") ? path.substring(2) : path.substring(1);
    if (place.length() > LONGEST) {
      place = "…" + place.substring(place.length() - LONGEST);
    }
    return new MismatchException(place.isEmpty() ? what : place + ": " + what);
  }
}
