package dev.pinion.lambda;

import dev.pinion.contract.AccessContract;

/** The contract of who may connect, with the functions behind a gateway that speaks API Gateway's events. */
final class WebSocketFunctionsTest extends AccessContract {
  WebSocketFunctionsTest() {
    super(WebSocketStandIn::new);
  }
}
