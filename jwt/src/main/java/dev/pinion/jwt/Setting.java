package dev.pinion.jwt;

import dev.pinion.Config;

/** A text that the program has, or that is provided where the app runs. */
sealed interface Setting {
  /** The text; called in handlers. */
  String value();

  /** A text that the program has. */
  record Literal(String value) implements Setting {}

  /** A config. */
  record Given(Config config) implements Setting {
    @Override
    public String value() {
      return config.value();
    }
  }
}
