package dev.pinion.sim;

import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.contract.ChangeApp;
import dev.pinion.contract.ChangeBackend;
import dev.pinion.contract.ChangeContract;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** The contract, on the local platform. */
final class LocalChangesTest extends ChangeContract {
  LocalChangesTest() {
    super(() -> new Backend(LocalBackend.start(new ChangeApp(), PermissionMode.OFF)));
  }

  private record Backend(LocalBackend local) implements ChangeBackend {
    @Override
    public void put(String id, Map<String, Object> attributes) {
      Item row = Item.of("id", id);
      for (Map.Entry<String, Object> each : attributes.entrySet()) row = row.with(each.getKey(), each.getValue());
      ChangeApp.ROWS.get().putItem(row);
    }

    @Override
    public void delete(String id) {
      ChangeApp.ROWS.get().deleteItem(Key.of("id", id));
    }

    @Override
    public Instant now() {
      return local.clock().instant();
    }

    @Override
    public void advance(Duration time) {
      local.advance(time);
    }

    @Override
    public int deadLetters() {
      return local.simulator().deadLetters(local.simulator().model().tables().getFirst()).size();
    }

    @Override
    public void close() {
      local.close();
    }
  }
}
