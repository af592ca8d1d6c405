package dev.pinion;

import dev.pinion.spi.ConfigModel;

/** A plain value that is provided where the app runs. Declared with {@link Cloud#config}, read in handlers. */
public final class Config {
  private final ConfigModel model;
  private final Binding binding;

  Config(ConfigModel model, Binding binding) {
    this.model = model;
    this.binding = binding;
  }

  /**
   * Returns the value, which stays the same while the app runs. Any thread.
   *
   * @throws PhaseException while {@link App#define} declares
   */
  public String value() {
    return binding.platform(model.id() + ".value").config(model);
  }

  ConfigModel model() {
    return model;
  }

  Binding binding() {
    return binding;
  }

  @Override
  public String toString() {
    return "config '" + model.id() + "'";
  }
}
