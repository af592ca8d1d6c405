package dev.pinion.cli;

import dev.pinion.sim.PermissionMode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts the name of a mode of the permission check for picocli. */
final class PermissionModeConverter implements ITypeConverter<PermissionMode> {
  @Override
  public PermissionMode convert(String value) {
    return switch (value) {
      case "enforce" -> PermissionMode.ENFORCE;
      case "warn" -> PermissionMode.WARN;
      case "off" -> PermissionMode.OFF;
      default -> throw new TypeConversionException(
          "'" + value + "' is not a valid mode for permissions: use enforce, warn or off");
    };
  }
}
