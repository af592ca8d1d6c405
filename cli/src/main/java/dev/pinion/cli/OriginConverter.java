package dev.pinion.cli;

import dev.pinion.gateway.Origin;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Checks and normalizes an origin such as {@code https://example.com} for picocli. */
final class OriginConverter implements ITypeConverter<String> {

  @Override
  public String convert(String value) {
    try {
      return Origin.normalize(value);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
