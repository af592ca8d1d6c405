package dev.pinion.lambda;

import dev.pinion.gateway.Gateway;
import dev.pinion.spi.Sender;

/** The contract, by the AWS SDK over HTTP. */
final class ManagementSenderTest extends SenderContract {
  @Override
  Sender sender(Gateway behind) {
    return Senders.of(behind.origin() + "/prod", behind.url(), Senders.aMinute());
  }
}
