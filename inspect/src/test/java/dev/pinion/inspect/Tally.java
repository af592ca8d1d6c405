package dev.pinion.inspect;

import dev.pinion.inspect.Judge.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/// What was found of many generated programs. A process judges some hundred: their threads and loggers stay in it.
///
/// @param handlers how many handlers were run
/// @param doubted how many of them have a doubt
/// @param did how many uses were executed
/// @param excess how many more were derived without a doubt
/// @param stuck how many handlers did not end: what they did until then was compared
/// @param wrong the programs in which a use was missing, at most five
record Tally(int handlers, int doubted, int did, int excess, int stuck, List<String> wrong) {
  static final Tally NOTHING = new Tally(0, 0, 0, 0, 0, List.of());
  private static final int TOGETHER = 150;
  private static final int MOST_WRONG = 5;
  private static final String END = "\n--- next\n";

  /// Judges programs in this process.
  static Tally of(int first, int count, long seed) {
    Tally all = NOTHING;
    for (int at = first; at < first + count && all.wrong.size() < MOST_WRONG; at += TOGETHER) {
      List<RandomProgram> programs = LongStream.range(at, Math.min(at + TOGETHER, first + count))
          .mapToObj(each -> RandomProgram.of(each, seed))
          .toList();
      for (Map.Entry<RandomProgram, List<Verdict>> each : Judge.judge(programs).entrySet()) {
        for (int i = 0; i < each.getValue().size(); i++) all = all.plus(of(each.getKey(), i, each.getValue().get(i)));
      }
    }
    return all;
  }

  private static Tally of(RandomProgram program, int handler, Verdict verdict) {
    return new Tally(
        1, verdict.doubted() ? 1 : 0, verdict.did().size(), verdict.excess().size(),
        verdict.isStuck() ? 1 : 0,
        verdict.isWrong() ? List.of(text(program, handler, verdict)) : List.of());
  }

  private static String text(RandomProgram program, int handler, Verdict verdict) {
    RandomProgram minimal = Judge.minimal(program, handler);
    Verdict again = Judge.judge(List.of(minimal)).values().iterator().next().getFirst();
    return "missing " + (again.isWrong() ? again : verdict) + " in " + minimal.shapes(0) + "\n" + minimal.source("P");
  }

  Tally plus(Tally more) {
    List<String> all = new ArrayList<>(wrong);
    more.wrong.stream().limit(MOST_WRONG - all.size()).forEach(all::add);
    return new Tally(
        handlers + more.handlers, doubted + more.doubted, did + more.did, excess + more.excess,
        stuck + more.stuck, List.copyOf(all));
  }

  /// Judges programs in a process of their own, which compiles little: it is short.
  static Tally apart(int first, int count, long seed) {
    List<String> command = List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC", "-Xshare:auto", "--add-opens=java.base/java.lang=ALL-UNNAMED", "-cp",
        System.getProperty("java.class.path"), Tally.class.getName(), Integer.toString(first),
        Integer.toString(count), Long.toString(seed));
    try {
      Path errors = Files.createTempFile("judged", ".txt");
      Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException("judging from " + first + " failed: " + text + Files.readString(errors));
      }
      Files.delete(errors);
      return parse(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Tally parse(String text) {
    String[] parts = text.substring(text.indexOf(END) + END.length()).split(END, -1);
    String[] numbers = parts[0].split(" ", -1);
    List<String> wrong = List.of(parts).subList(1, parts.length);
    return new Tally(
        Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]), Integer.parseInt(numbers[2]),
        Integer.parseInt(numbers[3]), Integer.parseInt(numbers[4]), wrong);
  }

  /// The process of [#apart]: judges, and prints what it found after whatever the programs print.
  public static void main(String[] arguments) {
    Tally found = of(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]), Long.parseLong(arguments[2]));
    StringBuilder text = new StringBuilder(END)
        .append(found.handlers).append(' ').append(found.doubted).append(' ').append(found.did).append(' ')
        .append(found.excess).append(' ').append(found.stuck);
    found.wrong.forEach(each -> text.append(END).append(each));
    System.out.print(text);
    System.out.flush();
    Runtime.getRuntime().halt(0);
  }
}
