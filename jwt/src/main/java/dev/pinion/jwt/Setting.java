package dev.pinion.jwt;

import dev.pinion.Config;
import dev.pinion.Definition;
import dev.pinion.spi.JwtRules;

/** A text that the program has, or that is provided where the app runs. */
sealed interface Setting {
  /** The text; called in handlers. */
  String value();

  /** What the plan of the app has of it. */
  JwtRules.Text rule();

  /** A text that the program has. */
  record Literal(String value) implements Setting {
    @Override
    public JwtRules.Text rule() {
      return new JwtRules.Literal(value);
    }
  }

  /** A config. */
  record Given(Config config) implements Setting {
    @Override
    public String value() {
      return config.value();
    }

    @Override
    public JwtRules.Text rule() {
      return new JwtRules.OfConfig(Definition.modelOf(config).orElseThrow().id());
    }
  }
}
