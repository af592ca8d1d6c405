package dev.pinion.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Checks that an address to listen on is not blank, for picocli. Whether it exists turns out when listening. */
final class AddressConverter implements ITypeConverter<String> {
  @Override
  public String convert(String value) {
    if (!value.isBlank()) return value;
    throw new TypeConversionException("the address to listen on is empty: use localhost, or 0.0.0.0 for all addresses");
  }
}
