package dev.pinion.spi;

/** The ids that API Gateway gives to a message: most handlers read none, so a platform may make them when asked. */
public interface MessageIds {

  /** Returns ids that are known. */
  static MessageIds of(String requestId, String messageId) {
    return new KnownIds(requestId, messageId);
  }

  /** Returns the id of the request, which is the same at each call. */
  String requestId();

  /** Returns the id of the message, which is the same at each call. */
  String messageId();

  /** Ids as texts. */
  record KnownIds(String requestId, String messageId) implements MessageIds {}
}
