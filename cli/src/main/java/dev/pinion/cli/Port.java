package dev.pinion.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A value of {@code --port}.
 *
 * @param webSocketId the WebSocket that the port is for; null for the only, or the first, WebSocket
 * @param number 0 to 65535
 */
record Port(@Nullable String webSocketId, int number) {
  private static final int LARGEST = 65535;

  /** Parses {@code 8080} or {@code chat=8080}. */
  static Port of(String text) {
    int equals = text.lastIndexOf('=');
    return new Port(equals < 0 ? null : text.substring(0, equals), number(text, text.substring(equals + 1)));
  }

  private static int number(String text, String digits) {
    if (digits.matches("[0-9]{1,5}") && Integer.parseInt(digits) <= LARGEST) return Integer.parseInt(digits);
    throw new TypeConversionException(
        "'" + text + "' is not a valid port: use 0 to " + LARGEST + ", or ID=N for one WebSocket");
  }

  /** Converts a port for picocli. */
  static final class Converter implements ITypeConverter<Port> {
    @Override
    public Port convert(String value) {
      return of(value);
    }
  }
}
