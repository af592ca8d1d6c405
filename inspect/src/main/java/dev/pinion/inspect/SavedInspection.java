package dev.pinion.inspect;

import dev.pinion.spi.AppModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Inspections as bytes, to be kept while a program does not change. */
public final class SavedInspection {
  private SavedInspection() {}

  /**
   * Returns whether an inspection of the same program would find the same. It might not where define depends on what
   * surrounds it, such as the clock, files or settings, or where something is wrong.
   */
  public static boolean isLasting(Inspection inspection) {
    return inspection.findings().stream().noneMatch(each -> each.isError() || each.kind() == Finding.Kind.PHASE);
  }

  /** Returns an inspection as bytes. */
  public static byte[] write(Inspection inspection) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      InspectionStreams.write(new DataOutputStream(bytes), inspection);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Returns the inspection that {@link #write} has written. */
  public static Inspection read(byte[] bytes) {
    try {
      return InspectionStreams.inspection(new DataInputStream(new ByteArrayInputStream(bytes)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns what an app declares, as an inspection compares it with a second define, in bytes. */
  public static byte[] declarations(AppModel app) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      InspectionStreams.write(new DataOutputStream(bytes), Declarations.of(app));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
