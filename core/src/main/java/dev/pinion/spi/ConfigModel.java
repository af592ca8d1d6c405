package dev.pinion.spi;

/**
 * A plain value that is given to an app where it runs.
 *
 * @param id the name that the app gave it, unique among the app's resources
 * @param location where the app declares it
 */
public record ConfigModel(String id, SourceLocation location) implements ValueModel {
  @Override
  public String kind() {
    return "config";
  }
}
