package dev.pinion.cli;

import dev.pinion.gateway.Profile;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a gateway's profile for picocli. */
final class ProfileConverter implements ITypeConverter<Profile> {
  @Override
  public Profile convert(String value) {
    return switch (value) {
      case "aws" -> Profile.AWS;
      case "relaxed" -> Profile.RELAXED;
      default -> throw new TypeConversionException("'" + value + "' is no profile: write aws or relaxed");
    };
  }
}
