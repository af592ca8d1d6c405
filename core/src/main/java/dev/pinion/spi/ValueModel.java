package dev.pinion.spi;

import java.util.Locale;

/** A value that is provided where the app runs, and is not in its sources. */
public sealed interface ValueModel extends ResourceModel permits ConfigModel, SecretModel {

  /** The kind of the value: {@code config} or {@code secret}. */
  String kind();

  /**
   * The environment variable with the value on the developer's machine: the id in capitals, with {@code _} between
   * words. {@code apiKey} and {@code api-key} both become {@code API_KEY}; an app cannot declare two values with one
   * variable.
   */
  default String environmentName() {
    return id().replaceAll("([a-z0-9])([A-Z])", "$1_$2").replace('-', '_').toUpperCase(Locale.ROOT);
  }
}
