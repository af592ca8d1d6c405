package dev.pinion.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// Whatever a handler of a generated program does was found before: the JVM is the judge. The first programs show each
/// shape alone, the others mix them. `pinion.programs` is how many there are, `pinion.first` the first one's number,
/// `pinion.seed` makes others.
final class SoundnessTest {
  private static final int PROGRAMS = Integer.getInteger("pinion.programs", RandomProgram.shown() + 12);
  private static final int FIRST = Integer.getInteger("pinion.first", 0);
  private static final long SEED = Long.getLong("pinion.seed", 1);
  /// How many programs a process judges, where there are several.
  private static final int APART = 750;
  /// Beyond this share of excess the derived roles are no longer those of least privilege.
  private static final double MOST_EXCESS = 0.10;

  @Test
  void allThatHandlersDoIsFound() throws Exception {
    Tally found = PROGRAMS <= APART ? Tally.of(FIRST, PROGRAMS, SEED) : apart();
    System.out.printf(
        "%d programs, %d handlers, %d with a doubt; %d uses executed, %d more derived without a doubt;"
            + " %d handlers did not end%n",
        PROGRAMS, found.handlers(), found.doubted(), found.did(), found.excess(), found.stuck());
    assertThat(found.wrong()).isEmpty();
    assertThat(found.stuck()).as("handlers that did not end").isLessThan(PROGRAMS / 500 + 2);
    assertThat(found.excess()).as("of %d uses", found.did()).isLessThan((int) (found.did() * MOST_EXCESS) + 1);
  }

  private static Tally apart() throws ExecutionException, InterruptedException {
    Tally all = Tally.NOTHING;
    try (ExecutorService processes = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      List<Future<Tally>> parts = new ArrayList<>();
      for (int at = 0; at < PROGRAMS; at += APART) {
        int first = FIRST + at;
        int count = Math.min(APART, PROGRAMS - at);
        parts.add(processes.submit(() -> Tally.apart(first, count, SEED)));
      }
      for (Future<Tally> each : parts) all = all.plus(each.get());
    }
    return all;
  }
}
