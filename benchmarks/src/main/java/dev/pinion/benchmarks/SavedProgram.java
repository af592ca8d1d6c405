package dev.pinion.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

import static java.util.Objects.requireNonNull;

/**
 * A program in a folder of its own, of which one file is saved again and again.
 *
 * @param program the file or folder to run
 * @param file the file that is saved
 * @param version the text of the file, whose program begins its answers with the given number and a space
 */
record SavedProgram(Path program, Path file, IntFunction<String> version) {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** Returns a program of one file of this repository, whose answers begin with a version. */
  static SavedProgram example(Repository repository, Path folder, String example, String answer) throws IOException {
    Path source = repository.root().resolve(example);
    String text = Files.readString(source);
    if (!text.contains(answer)) throw new IOException(example + " does not answer with " + answer);
    Path file = folder.resolve(requireNonNull(source.getFileName()));
    SavedProgram program = new SavedProgram(
        file, file, number -> text.replace(answer, answer.replace(", body", ", \"" + number + " \" + body")));
    program.save(0);
    return program;
  }

  /** Saves a version, as an editor does. */
  void save(int number) throws IOException {
    Files.writeString(file, version.apply(number));
  }

  /**
   * Saves versions one after another, and asks after each until it answers.
   *
   * @param idleMillis how long to wait before the first, and between two
   * @return the milliseconds from each save to the first answer
   */
  List<Double> save(MeasuredServer server, int times, long idleMillis) throws IOException, InterruptedException {
    List<Double> millis = new ArrayList<>();
    try (TimedClient client = new TimedClient(server)) {
      for (int number = 1; number <= times; number++) {
        Thread.sleep(idleMillis);
        long start = System.nanoTime();
        save(number);
        String prefix = number + " ";
        while (!client.ask("hello").startsWith(prefix)) {
          if (System.nanoTime() - start > PATIENCE_NANOS) throw new IOException("no answer of version " + number);
        }
        millis.add((System.nanoTime() - start) / 1e6);
      }
    }
    return millis;
  }
}
