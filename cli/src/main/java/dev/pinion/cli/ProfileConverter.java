package dev.pinion.cli;

import dev.pinion.gateway.Profile;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts the name of a gateway profile for picocli. */
final class ProfileConverter implements ITypeConverter<Profile> {
  @Override
  public Profile convert(String value) {
    return switch (value) {
      case "aws" -> Profile.AWS;
      case "relaxed" -> Profile.RELAXED;
      default -> throw new TypeConversionException("'" + value + "' is not a valid profile: use aws or relaxed");
    };
  }
}
