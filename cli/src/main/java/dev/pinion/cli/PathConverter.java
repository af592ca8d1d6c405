package dev.pinion.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A file or folder of the command line. An empty text, as an unset variable of a script leaves it, is a mistake. */
final class PathConverter implements ITypeConverter<Path> {
  @Override
  public Path convert(String text) {
    if (text.isEmpty()) throw new TypeConversionException("the path is empty: use . for this folder");
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new TypeConversionException("'" + text + "' is not a valid path: " + e.getReason());
    }
  }
}
