package dev.pinion.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts the form of the log for picocli: its name in lower case. */
final class LogFormConverter implements ITypeConverter<LogForm> {
  @Override
  public LogForm convert(String value) {
    return switch (value) {
      case "text" -> LogForm.TEXT;
      case "json" -> LogForm.JSON;
      default -> throw new TypeConversionException("'" + value + "' is not a form of the log: use text or json");
    };
  }
}
