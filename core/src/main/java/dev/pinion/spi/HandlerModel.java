package dev.pinion.spi;

import dev.pinion.Handler;

/** A handler of an app, which is a function of its own on AWS. */
public sealed interface HandlerModel
    permits RouteModel, StartModel, TickModel, HttpRouteModel, ConsumerModel, ChangeModel, AuthorizerModel {
  /** Its identity: unique among the app's handlers. */
  String path();

  /** The user's handler. */
  Handler handler();

  /** The function's settings. */
  FunctionModel options();

  /** Where it is declared. */
  SourceLocation location();
}
