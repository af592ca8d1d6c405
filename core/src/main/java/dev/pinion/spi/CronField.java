package dev.pinion.spi;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/**
 * A field of a cron expression: lists of numbers or names, ranges and steps.
 *
 * @param name what messages call it
 * @param low its least value
 * @param high its greatest value
 * @param names of the values from the least on; empty if they have none
 */
record CronField(String name, int low, int high, List<String> names) {

  /**
   * Reads the values of a field.
   *
   * @throws IllegalArgumentException if it has others than these
   */
  BitSet read(String text) {
    BitSet values = new BitSet();
    for (String item : text.split(",", -1)) add(item, values);
    return values;
  }

  private void add(String item, BitSet values) {
    String[] parts = item.split("/", -1);
    String[] range = parts[0].split("-", -1);
    if (parts.length > 2 || range.length > 2) throw wrong(item);
    boolean all = parts[0].equals("*");
    int from = all ? low : value(range[0], item);
    int to = all || (parts.length == 2 && range.length == 1) ? high : value(range[range.length - 1], item);
    if (from > to) {
      throw new IllegalArgumentException(
          "the " + name + " '" + item + "' run backwards: write two ranges, separated by a comma");
    }
    int step = parts.length == 2 ? step(parts[1], item) : 1;
    for (int each = from; each <= to; each += step) values.set(each);
  }

  private int step(String text, String item) {
    if (!text.matches("[0-9]{1,4}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > high) throw wrong(item);
    return Integer.parseInt(text);
  }

  int value(String text, String item) {
    int named = names.indexOf(text.toUpperCase(Locale.ROOT));
    if (named >= 0) return low + named;
    if (!text.matches("[0-9]{1,4}") || Integer.parseInt(text) < low || Integer.parseInt(text) > high) throw wrong(item);
    return Integer.parseInt(text);
  }

  IllegalArgumentException wrong(String item) {
    String named = names.isEmpty() ? "" : " or " + names.getFirst() + " to " + names.getLast();
    return new IllegalArgumentException(
        "'" + item + "' is not valid for the field " + name + ": use " + low + " to " + high + named
            + ", *, ranges such"
            + " as " + low + "-" + (low + 2) + ", steps such as " + low + "/2, or several of them with commas");
  }
}
