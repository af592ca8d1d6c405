package dev.pinion.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A value of {@code --port}.
 *
 * @param webSocketId whose port it is; null for the port of the only, or the first, WebSocket
 * @param number 0 to 65535
 */
record Port(@Nullable String webSocketId, int number) {
  private static final int LARGEST = 65535;

  /** Reads {@code 8080} and {@code chat=8080}. */
  static Port of(String text) {
    int equals = text.lastIndexOf('=');
    return new Port(equals < 0 ? null : text.substring(0, equals), number(text, text.substring(equals + 1)));
  }

  private static int number(String text, String digits) {
    if (digits.matches("[0-9]{1,5}") && Integer.parseInt(digits) <= LARGEST) return Integer.parseInt(digits);
    throw new TypeConversionException(
        "'" + text + "' is no port: write a number from 0 to " + LARGEST
            + ", or a WebSocket's id, '=' and such a number");
  }

  /** Reads a port for picocli. */
  static final class Converter implements ITypeConverter<Port> {
    @Override
    public Port convert(String value) {
      return of(value);
    }
  }
}
