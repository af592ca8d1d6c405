package dev.pinion.cli;

import dev.pinion.aws.Cost;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/** The arguments of {@code cost}. */
final class CostOptions {
  private CostOptions() {}

  /** What picocli is to accept and to explain. */
  static CommandSpec spec() {
    return Commands.create("Estimate what an app costs on AWS in a month of 30 days. A number may end in k, M or G.")
        .addOption(count("--connections", "Clients that are connected, on average.").required(true).build())
        .addOption(count("--received", "Messages from clients in the month. 0 unless told.").build())
        .addOption(
            count("--sent", "Messages to clients in the month; a broadcast to 100 clients is 100. 0 unless told.")
                .build())
        .addOption(count("--connects", "How often clients connect in the month. 0 unless told.").build())
        .addOption(count("--size", "Bytes of a message, on average. 1k unless told.").build())
        .addOption(count("--duration", "Milliseconds that a handler takes, on average. 20 unless told.").build())
        .addOption(count("--memory", "MiB of a function's memory. 512 unless told.").build())
        .addOption(count("--reads", "DynamoDB's read request units in the month. 0 unless told.").build())
        .addOption(count("--writes", "DynamoDB's write request units in the month. 0 unless told.").build());
  }

  private static OptionSpec.Builder count(String name, String description) {
    return OptionSpec.builder(name)
        .paramLabel("N")
        .description(description)
        .type(BigDecimal.class)
        .converters(new Count());
  }

  /** What the user wrote. */
  static Cost.Usage of(ParseResult parsed) {
    return new Cost.Usage(
        number(parsed, "--connections", 0),
        number(parsed, "--connects", 0),
        number(parsed, "--received", 0),
        number(parsed, "--sent", 0),
        number(parsed, "--size", 1000).longValue(),
        number(parsed, "--memory", 512).intValue(),
        number(parsed, "--duration", 20).intValue(),
        number(parsed, "--reads", 0),
        number(parsed, "--writes", 0));
  }

  private static BigDecimal number(ParseResult parsed, String option, long otherwise) {
    return parsed.matchedOptionValue(option, BigDecimal.valueOf(otherwise));
  }

  /** Reads a number such as {@code 432M} for picocli. */
  private static final class Count implements ITypeConverter<BigDecimal> {
    private static final Pattern NUMBER = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,3})?)([kMG]?)");

    @Override
    public BigDecimal convert(String value) {
      Matcher matcher = NUMBER.matcher(value);
      if (!matcher.matches()) {
        throw new TypeConversionException("'" + value + "' is no number: write one such as 500, 10k, 2.5M or 1G");
      }
      return new BigDecimal(matcher.group(1)).scaleByPowerOfTen(switch (matcher.group(2)) {
        case "k" -> 3;
        case "M" -> 6;
        case "G" -> 9;
        default -> 0;
      });
    }
  }
}
