package dev.pinion.sim;

import java.io.PrintStream;
import java.util.Optional;

/** The process's streams, to which the app's code prints, while they are recorded. */
final class PrintedOutput {
  /** Streams that are left as they are. */
  static final PrintedOutput NONE = new PrintedOutput(Optional.empty());

  private final Optional<Streams> streams;

  private record Streams(PrintStream out, PrintStream err, PrintStream recordedOut, PrintStream recordedErr) {}

  private PrintedOutput(Optional<Streams> streams) {
    this.streams = streams;
  }

  /** Lets a recording have what handlers print from now on. */
  static PrintedOutput recordedBy(Recording recording) {
    Streams all = new Streams(
        System.out, System.err, RecordedOutput.of(System.out, recording), RecordedOutput.of(System.err, recording));
    System.setOut(all.recordedOut());
    System.setErr(all.recordedErr());
    return new PrintedOutput(Optional.of(all));
  }

  /** Puts the streams back, unless somebody else has replaced them meanwhile. */
  void restore() {
    streams.ifPresent(all -> {
      if (System.out.equals(all.recordedOut())) System.setOut(all.out());
      if (System.err.equals(all.recordedErr())) System.setErr(all.err());
    });
  }
}
