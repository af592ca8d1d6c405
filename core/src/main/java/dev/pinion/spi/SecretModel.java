package dev.pinion.spi;

/**
 * A secret value that is given to an app where it runs, and is in no compiled output, no log and no message.
 *
 * @param id the name that the app gave it, unique among the app's resources
 * @param location where the app declares it
 */
public record SecretModel(String id, SourceLocation location) implements ValueModel {
  @Override
  public String kind() {
    return "secret";
  }
}
