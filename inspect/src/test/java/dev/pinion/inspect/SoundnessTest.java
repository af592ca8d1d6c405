package dev.pinion.inspect;

import dev.pinion.inspect.Judge.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// Whatever a handler of a generated program does was found before: the JVM is the judge. The first programs show each
/// shape alone, the others mix them. `pinion.programs` is how many there are, `pinion.first` the first one's number,
/// `pinion.seed` makes others.
final class SoundnessTest {
  private static final int PROGRAMS = Integer.getInteger("pinion.programs", RandomProgram.shown() + 12);
  private static final int FIRST = Integer.getInteger("pinion.first", 0);
  private static final long SEED = Long.getLong("pinion.seed", 1);
  private static final int TOGETHER = 100;
  /// Beyond this share of excess the derived roles are no longer those of least privilege.
  private static final double MOST_EXCESS = 0.10;

  @Test
  void allThatHandlersDoIsFound() {
    List<String> wrong = new ArrayList<>();
    int handlers = 0;
    int doubted = 0;
    int did = 0;
    int excess = 0;
    for (int first = FIRST; first < FIRST + PROGRAMS && wrong.size() < 5; first += TOGETHER) {
      List<RandomProgram> programs = LongStream.range(first, Math.min(first + TOGETHER, FIRST + PROGRAMS))
          .mapToObj(each -> RandomProgram.of(each, SEED))
          .toList();
      for (Map.Entry<RandomProgram, List<Verdict>> each : Judge.judge(programs).entrySet()) {
        for (int handler = 0; handler < each.getValue().size(); handler++) {
          Verdict verdict = each.getValue().get(handler);
          handlers++;
          did += verdict.did().size();
          excess += verdict.excess().size();
          if (verdict.doubted()) doubted++;
          if (verdict.isWrong() && wrong.size() < 5) wrong.add(text(each.getKey(), handler, verdict));
        }
      }
    }
    assertThat(wrong).isEmpty();
    System.out.printf(
        "%d programs, %d handlers, %d with a doubt; %d uses executed, %d more derived without a doubt%n",
        PROGRAMS, handlers, doubted, did, excess);
    assertThat(excess).as("of %d uses", did).isLessThan((int) (did * MOST_EXCESS) + 1);
  }

  private static String text(RandomProgram program, int handler, Verdict verdict) {
    RandomProgram minimal = Judge.minimal(program, handler);
    Verdict again = Judge.judge(List.of(minimal)).values().iterator().next().getFirst();
    return "missing " + (again.isWrong() ? again : verdict) + " in " + minimal.shapes(0) + "\n" + minimal.source("P");
  }
}
