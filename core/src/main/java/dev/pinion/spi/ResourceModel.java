package dev.pinion.spi;

/** A resource of an app. */
public sealed interface ResourceModel permits TableModel, WebSocketModel, ValueModel {
  /** The id that the app gave it, unique among the app's resources; also its path. */
  String id();

  /** Where the app declares it. */
  SourceLocation location();
}
