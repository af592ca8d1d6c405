package dev.pinion.spi;

/**
 * A plain value that is provided where the app runs.
 *
 * @param id the name given by the app, unique among the app's resources
 * @param location where it is declared
 */
public record ConfigModel(String id, SourceLocation location) implements ValueModel {
  @Override
  public String kind() {
    return "config";
  }
}
