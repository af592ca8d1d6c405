package dev.pinion.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts a rate, which is a whole number from 1 to a million, for picocli. */
final class RateConverter implements ITypeConverter<Integer> {
  @Override
  public Integer convert(String value) {
    if (value.matches("[0-9]{1,7}")) {
      int rate = Integer.parseInt(value);
      if (rate >= 1 && rate <= 1_000_000) return rate;
    }
    throw new TypeConversionException("'" + value + "' is not a rate: use a whole number from 1 to 1000000");
  }
}
