package dev.pinion.json;

import dev.pinion.spi.JsonCodec.MismatchException;

/**
 * Why a JSON text is not what it is read as. Its place, such as {@code author.tags[1]}, grows from the inside out while
 * the exception passes the readers of objects and arrays.
 */
final class Misfit extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_PLACE = 200;

  private final String what;
  private String place = "";

  /** Creates an exception without a stack trace: it is about the text, not about the program. */
  Misfit(String what) {
    super(what, null, false, false);
    this.what = what;
  }

  Misfit(String what, Exception cause) {
    super(what, cause, false, false);
    this.what = what;
  }

  /** Adds the member that the place so far is in. */
  Misfit in(String member) {
    return inside(place.isEmpty() || place.startsWith("[") ? member : member + ".");
  }

  /** Adds the element that the place so far is in. */
  Misfit in(int element) {
    String index = "[" + element + "]";
    return inside(place.isEmpty() || place.startsWith("[") ? index : index + ".");
  }

  private Misfit inside(String outer) {
    String all = outer + place;
    boolean isLong = all.length() > LONGEST_PLACE;
    place = isLong ? "…" + all.substring(all.length() - LONGEST_PLACE) : all;
    return this;
  }

  MismatchException mismatch() {
    MismatchException mismatch = new MismatchException(place.isEmpty() ? what : place + ": " + what);
    mismatch.initCause(this);
    return mismatch;
  }
}
