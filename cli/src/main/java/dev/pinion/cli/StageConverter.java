package dev.pinion.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Checks the name of a stage for picocli, by the rule for stages that an app declares. */
final class StageConverter implements ITypeConverter<String> {
  @Override
  public String convert(String value) {
    if (value.matches("[A-Za-z0-9_-]{1,128}")) return value;
    throw new TypeConversionException("'" + value + "' is not a valid stage: use 1 to 128 of a-z, A-Z, 0-9, '_', '-'");
  }
}
