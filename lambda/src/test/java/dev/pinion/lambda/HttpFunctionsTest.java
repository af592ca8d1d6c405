package dev.pinion.lambda;

import dev.pinion.contract.HttpContract;

/** The contract of HTTP APIs, with the functions behind a stand-in for API Gateway. */
final class HttpFunctionsTest extends HttpContract {
  HttpFunctionsTest() {
    super(HttpApiStandIn::new);
  }
}
