package dev.pinion.spi;

import java.util.Locale;

/** A value that is given to an app where it runs, not written in its sources. */
public sealed interface ValueModel extends ResourceModel permits ConfigModel, SecretModel {

  /** What the app declares it as: {@code config} or {@code secret}. */
  String kind();

  /**
   * The environment variable that holds it on the developer's machine: the id in capitals, words divided by {@code _}.
   * {@code apiKey} and {@code api-key} are both {@code API_KEY}; an app has no two values of one such name.
   */
  default String environmentName() {
    return id().replaceAll("([a-z0-9])([A-Z])", "$1_$2").replace('-', '_').toUpperCase(Locale.ROOT);
  }
}
