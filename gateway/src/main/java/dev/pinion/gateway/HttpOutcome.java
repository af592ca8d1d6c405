package dev.pinion.gateway;

import dev.pinion.spi.HttpAnswer;

/** What a client gets for its request. */
sealed interface HttpOutcome {

  /** API Gateway's id of the request. */
  String requestId();

  /** The handler has answered. */
  record Answered(String requestId, HttpAnswer answer) implements HttpOutcome {}

  /** API Gateway answers with a status of its own. */
  record Refused(String requestId, int status) implements HttpOutcome {}
}
