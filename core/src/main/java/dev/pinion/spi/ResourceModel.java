package dev.pinion.spi;

/** A resource of an app. */
public sealed interface ResourceModel permits TableModel, WebSocketModel, ValueModel {
  /** The id given by the app, unique among the app's resources; also its path. */
  String id();

  /** Where it is declared. */
  SourceLocation location();
}
