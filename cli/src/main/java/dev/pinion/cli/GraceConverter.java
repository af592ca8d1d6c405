package dev.pinion.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts a duration such as {@code 500ms}, {@code 10s}, {@code 2m} or {@code 2} (seconds) for picocli. */
final class GraceConverter implements ITypeConverter<Duration> {
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final Pattern TIME = Pattern.compile("([0-9]{1,9})(ms|s|m|)");

  @Override
  public Duration convert(String value) {
    Matcher matcher = TIME.matcher(value);
    if (!matcher.matches()) {
      throw new TypeConversionException(
          "'" + value
              + "' is not a valid duration: use a number of seconds, or a number with ms, s or m, such as 500ms");
    }
    long amount = Long.parseLong(matcher.group(1));
    Duration duration = switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofSeconds(amount);
    };
    if (duration.compareTo(LONGEST) <= 0) return duration;
    throw new TypeConversionException("'" + value + "' is too long: use at most 24 hours, which are 1440m");
  }
}
