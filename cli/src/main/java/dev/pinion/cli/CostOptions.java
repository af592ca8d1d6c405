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

  /** Returns the options in picocli's model. */
  static CommandSpec spec() {
    return Commands.create("Estimate the cost of an app on AWS for a month of 30 days. Numbers may end in k, M or G.")
        .addOption(count("--connections", "The average number of connected clients.").required(true).build())
        .addOption(count("--received", "Messages from clients a month. Default: 0.").build())
        .addOption(
            count("--sent", "Messages to clients a month; a broadcast to 100 clients counts as 100. Default: 0.")
                .build())
        .addOption(count("--connects", "New connections a month. Default: 0.").build())
        .addOption(
            count("--authorizations",
                "Calls of authorizers a month: one for each connect, if there is one. Default: 0.")
                .build())
        .addOption(count("--size", "The average size of a message in bytes. Default: 1k.").build())
        .addOption(count("--duration", "The average run time of a handler in milliseconds. Default: 20.").build())
        .addOption(count("--memory", "The memory of a function in MiB. Default: 512.").build())
        .addOption(count("--requests", "Requests to HTTP APIs a month. Default: 0.").build())
        .addOption(
            count("--ticks", "Ticks of schedules, and starts of tasks with a delay, a month. Default: 0.").build())
        .addOption(count("--starts", "Starts of tasks a month. Default: 0.").build())
        .addOption(count("--task-duration", "The average run time of a task in milliseconds. Default: 1k.").build())
        .addOption(count("--queued", "Messages sent to queues a month. Default: 0.").build())
        .addOption(count("--reads", "DynamoDB read request units a month. Default: 0.").build())
        .addOption(count("--writes", "DynamoDB write request units a month. Default: 0.").build());
  }

  private static OptionSpec.Builder count(String name, String description) {
    return OptionSpec.builder(name)
        .paramLabel("N")
        .description(description)
        .type(BigDecimal.class)
        .converters(new Count());
  }

  /** Reads the parsed arguments. */
  static Cost.Usage of(ParseResult parsed) {
    return new Cost.Usage(
        number(parsed, "--connections", 0),
        number(parsed, "--connects", 0),
        number(parsed, "--authorizations", 0),
        number(parsed, "--received", 0),
        number(parsed, "--sent", 0),
        number(parsed, "--size", 1000).longValue(),
        number(parsed, "--memory", 512).intValue(),
        number(parsed, "--duration", 20).intValue(),
        number(parsed, "--requests", 0),
        number(parsed, "--ticks", 0),
        number(parsed, "--starts", 0),
        number(parsed, "--task-duration", 1000).longValue(),
        number(parsed, "--queued", 0),
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
        throw new TypeConversionException(
            "'" + value + "' is not a valid number: use a number such as 500, 10k, 2.5M or 1G");
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
