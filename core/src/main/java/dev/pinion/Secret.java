package dev.pinion;

import dev.pinion.spi.SecretModel;

/**
 * A secret value that is given to the app where it runs. Declared with {@link Cloud#secret}, read in handlers; Pinion
 * writes it nowhere.
 */
public final class Secret {
  private final SecretModel model;
  private final Binding binding;

  Secret(SecretModel model, Binding binding) {
    this.model = model;
    this.binding = binding;
  }

  /**
   * The value, as it was when the app, or its function's instance, started. Any thread.
   *
   * @throws PhaseException while {@link App#define} declares
   */
  public String value() {
    return binding.platform(model.id() + ".value").secret(model);
  }

  SecretModel model() {
    return model;
  }

  Binding binding() {
    return binding;
  }

  /** The secret's name, never its value. */
  @Override
  public String toString() {
    return "secret '" + model.id() + "'";
  }
}
