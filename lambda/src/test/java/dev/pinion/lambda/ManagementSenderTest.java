package dev.pinion.lambda;

import dev.pinion.contract.SenderBackend;
import dev.pinion.contract.SenderContract;
import dev.pinion.gateway.Gateway;
import dev.pinion.gateway.GatewayBuilder;
import dev.pinion.gateway.RouteTable;
import dev.pinion.spi.Event;
import dev.pinion.spi.Response;
import dev.pinion.spi.Sender;
import java.time.Instant;
import java.util.function.Function;

/** The contract, on the functions' client of the management API, over HTTP. */
final class ManagementSenderTest extends SenderContract {
  ManagementSenderTest() {
    super(Backend::start);
  }

  private record Backend(Gateway gateway, Sender sender) implements SenderBackend {
    static Backend start(Function<Event, Response> onConnect) {
      Gateway gateway = new GatewayBuilder(onConnect::apply).routes(RouteTable.of("$connect")).start();
      return new Backend(gateway, Senders.of(gateway.origin() + "/prod", gateway.url(), Senders.aMinute()));
    }

    @Override
    public String url() {
      return gateway.url();
    }

    @Override
    public Instant connectedAt(String connectionId) {
      return gateway.sender().getConnection(connectionId).orElseThrow().connectedAt();
    }

    @Override
    public void close() {
      gateway.close();
    }
  }
}
