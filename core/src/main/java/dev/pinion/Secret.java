package dev.pinion;

import dev.pinion.spi.SecretModel;

/**
 * A secret value that is provided where the app runs. Declared with {@link Cloud#secret}, read in handlers. Pinion
 * never writes it to a log, a message or a file.
 */
public final class Secret {
  private final SecretModel model;
  private final Binding binding;

  Secret(SecretModel model, Binding binding) {
    this.model = model;
    this.binding = binding;
  }

  /**
   * Returns the value that the secret had when the app, or the instance of its function, started. Any thread.
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
