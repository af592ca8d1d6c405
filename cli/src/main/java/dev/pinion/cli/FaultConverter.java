package dev.pinion.cli;

import dev.pinion.sim.Fault;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts a fault and its rate for picocli. */
final class FaultConverter implements ITypeConverter<Fault> {
  @Override
  public Fault convert(String value) {
    try {
      return Fault.parse(value);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
