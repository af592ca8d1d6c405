package dev.pinion;

import dev.pinion.spi.AppModel;
import dev.pinion.spi.HandlerScope;
import dev.pinion.spi.Platform;
import dev.pinion.spi.ResourceModel;
import java.util.Optional;

/**
 * An app whose {@code define} has run: its immutable model, and the resources that its handlers use, which can be bound
 * to a platform. For platforms and tests; an app itself does not need it.
 */
public final class Definition {
  private final AppModel model;
  private final Binding binding;

  private Definition(AppModel model, Binding binding) {
    this.model = model;
    this.binding = binding;
  }

  /**
   * Runs an app's {@code define} and checks what it declares.
   *
   * @throws DefinitionException listing every mistake
   * @throws PhaseException if {@code define} calls something that acts
   */
  public static Definition of(App app) {
    return of(app, new Binding(false));
  }

  /**
   * Runs {@code define} of an app that was checked when it was compiled, as {@link #of(App)}, but does not check the
   * routes' types again: a function's start would pay for that.
   */
  public static Definition ofCompiled(App app) {
    return of(app, new Binding(true));
  }

  private static Definition of(App app, Binding binding) {
    Cloud cloud = new Cloud(binding);
    HandlerScope.define(() -> app.define(cloud));
    return new Definition(new AppModel(app.getClass().getSimpleName(), cloud.freeze(), cloud.options()), binding);
  }

  /** What the app declares. */
  public AppModel model() {
    return model;
  }

  /** Returns the model of a table, WebSocket, HTTP API, task, queue, config or secret; empty for anything else. */
  public static Optional<ResourceModel> modelOf(Object resource) {
    if (resource instanceof Table table) return Optional.of(table.model());
    if (resource instanceof WebSocket webSocket) return Optional.of(webSocket.model());
    if (resource instanceof HttpApi api) return Optional.of(api.model());
    if (resource instanceof Task<?> task) return Optional.of(task.model());
    if (resource instanceof MessageQueue<?> queue) return Optional.of(queue.model());
    if (resource instanceof Config config) return Optional.of(config.model());
    return resource instanceof Secret secret ? Optional.of(secret.model()) : Optional.empty();
  }

  /** Connects the app's resources to a platform. Called once, before the first event is dispatched. */
  public void bind(Platform platform) {
    binding.bind(platform);
  }
}
