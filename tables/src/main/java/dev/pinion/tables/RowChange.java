package dev.pinion.tables;

import dev.pinion.Item;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A change of a row, which was committed.
 *
 * @param number greater than that of each change before, in all tables of a folder
 * @param table the table's id
 * @param before the row before it; empty if there was none
 * @param after the row after it; empty if it was removed
 * @param expired whether it was removed because its time to live was over
 * @param time when it was committed
 */
public record RowChange(
    long number, String table, Optional<Item> before, Optional<Item> after, boolean expired, Instant time) {
  private static final int EXPIRED = 1;
  private static final int BEFORE = 2;
  private static final int AFTER = 4;

  static void write(BytesOut out, RowChange change) {
    int flags = (change.expired ? EXPIRED : 0) | (change.before.isPresent() ? BEFORE : 0)
        | (change.after.isPresent() ? AFTER : 0);
    out.fixed(change.number).fixed(change.time.toEpochMilli()).put(flags).text(change.table);
    change.before.ifPresent(item -> out.bytes(RowCodec.encode(item)));
    change.after.ifPresent(item -> out.bytes(RowCodec.encode(item)));
  }

  static RowChange read(BytesIn in) {
    long number = in.fixed();
    Instant time = Instant.ofEpochMilli(in.fixed());
    int flags = in.get();
    String table = in.text();
    @Nullable Item before = (flags & BEFORE) == 0 ? null : RowCodec.decode(in.bytes());
    @Nullable Item after = (flags & AFTER) == 0 ? null : RowCodec.decode(in.bytes());
    return new RowChange(
        number, table, Optional.ofNullable(before), Optional.ofNullable(after), (flags & EXPIRED) != 0, time);
  }

  /** Returns it as a text, to be kept as a message. */
  public String text() {
    BytesOut out = new BytesOut(256);
    write(out, this);
    return Base64.getEncoder().encodeToString(out.toArray());
  }

  /** Reads what {@link #text} has returned. */
  public static RowChange of(String text) {
    return read(new BytesIn(Base64.getDecoder().decode(text)));
  }
}
