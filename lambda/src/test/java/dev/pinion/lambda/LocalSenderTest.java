package dev.pinion.lambda;

import dev.pinion.gateway.Gateway;
import dev.pinion.spi.Sender;

/** The contract, in the gateway's own process. */
final class LocalSenderTest extends SenderContract {
  @Override
  Sender sender(Gateway behind) {
    return behind.sender();
  }
}
