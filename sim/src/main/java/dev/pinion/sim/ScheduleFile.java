package dev.pinion.sim;

import dev.pinion.json.RecordCodec;
import dev.pinion.spi.JsonCodec.MismatchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Keeps, in a file of the data folder, until when the ticks of each schedule are done. For one thread at a time. */
final class ScheduleFile {
  private static final String NAME = "schedules.json";

  private final Optional<Path> file;
  private final RecordCodec json;
  private final Consumer<String> problems;
  private final Map<String, Kept> kept = new LinkedHashMap<>();
  private boolean failed;

  /**
   * What is kept of a schedule.
   *
   * @param expression its expression; another one is another schedule
   * @param since when it was created
   * @param done the time until which its ticks have happened, or were dropped
   */
  record Kept(String expression, Instant since, Instant done) {}

  /** The content of the file, by the schedules' ids. */
  record Content(Map<String, Kept> schedules) {}

  private ScheduleFile(Optional<Path> file, RecordCodec json, Consumer<String> problems) {
    this.file = file;
    this.json = json;
    this.problems = problems;
  }

  /** Keeps nothing. */
  static ScheduleFile none(RecordCodec json) {
    return new ScheduleFile(Optional.empty(), json, _ -> {});
  }

  /** Reads the file of a data folder, if there is one and it is not to be deleted. */
  static ScheduleFile in(Path data, boolean fresh, RecordCodec json, Consumer<String> problems) {
    Path path = data.resolve(NAME);
    ScheduleFile file = new ScheduleFile(Optional.of(path), json, problems);
    try {
      if (fresh) Files.deleteIfExists(path);
      if (Files.exists(path)) file.kept.putAll(json.read(Files.readString(path), Content.class).schedules());
    } catch (IOException | MismatchException e) {
      problems.accept(path + " cannot be read, so all schedules are new: " + e.getMessage());
    }
    return file;
  }

  Optional<Kept> get(String id) {
    return Optional.ofNullable(kept.get(id));
  }

  /** Keeps the state of a schedule, before its handler is called: a tick happens once only. */
  void put(String id, Kept state) {
    kept.put(id, state);
    file.ifPresent(this::write);
  }

  private void write(Path path) {
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      Path written = Files.writeString(path.resolveSibling(NAME + ".new"), json.write(new Content(kept)));
      Files.move(written, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (!failed) {
        problems.accept(path + " cannot be written, so ticks that are missed while the app is stopped are not known: "
            + e.getMessage());
      }
      failed = true;
    }
  }
}
