package dev.pinion.cli;

import dev.pinion.gateway.HostName;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Checks and normalizes a host name with or without a port for picocli. */
final class HostConverter implements ITypeConverter<String> {

  @Override
  public String convert(String value) {
    try {
      return HostName.normalize(value);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
