package dev.pinion.gateway;

import dev.pinion.contract.SenderBackend;
import dev.pinion.contract.SenderContract;
import dev.pinion.spi.Event;
import dev.pinion.spi.Response;
import dev.pinion.spi.Sender;
import java.time.Instant;
import java.util.function.Function;

/** The contract, in the gateway's own process. */
final class LocalSenderTest extends SenderContract {
  LocalSenderTest() {
    super(Backend::start);
  }

  private record Backend(Gateway gateway) implements SenderBackend {
    static Backend start(Function<Event, Response> onConnect) {
      return new Backend(new GatewayBuilder(onConnect::apply).routes(RouteTable.of("$connect")).start());
    }

    @Override
    public Sender sender() {
      return gateway.sender();
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
