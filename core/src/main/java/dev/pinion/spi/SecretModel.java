package dev.pinion.spi;

/**
 * A secret value that is provided where the app runs. It is never in compiled output, logs or messages.
 *
 * @param id the name given by the app, unique among the app's resources
 * @param location where it is declared
 */
public record SecretModel(String id, SourceLocation location) implements ValueModel {
  @Override
  public String kind() {
    return "secret";
  }
}
