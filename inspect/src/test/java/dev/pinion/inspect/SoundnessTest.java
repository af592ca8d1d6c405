package dev.pinion.inspect;

import dev.pinion.Connection;
import dev.pinion.Definition;
import dev.pinion.MessageHandler;
import dev.pinion.spi.ConnectionContext;
import dev.pinion.spi.Event;
import dev.pinion.spi.RouteModel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// Whatever a handler of a generated program does was found before.
final class SoundnessTest {
  private static final int PROGRAMS = Integer.getInteger("pinion.programs", 60);
  private static final long SEED = Long.getLong("pinion.seed", 1);
  private static final int CALLS = 12;
  private static final Connection CONNECTION = new Connection(
      new Event.Message(
          new ConnectionContext("id", 0, "127.0.0.1", Optional.empty(), "localhost", "prod", "api"),
          "$default",
          "request",
          0,
          "message",
          "body"));

  @Test
  void allThatHandlersDoIsFound() throws Exception {
    Map<String, String> sources = new LinkedHashMap<>();
    for (int i = 0; i < PROGRAMS; i++) sources.put("P" + i, RandomProgram.of("P" + i, SEED + i));
    Programs.Loader loader = Programs.compile(sources);
    int used = 0;
    int found = 0;
    for (Map.Entry<String, String> program : sources.entrySet()) {
      Inspection inspection = loader.inspect(program.getKey());
      for (int handler = 0; handler < inspection.handlers().size(); handler++) {
        HandlerUses uses = inspection.handlers().get(handler);
        Recording recording = new Recording();
        Definition definition = loader.definition(program.getKey());
        definition.bind(recording);
        RouteModel route = Inspection.routes(definition.model()).get(handler);
        for (int i = 0; i < CALLS; i++) call(route);
        var did = recording.used();
        assertThat(uses.uses().keySet()).as("%s of%n%s", route.path(), program.getValue()).containsAll(did);
        used += did.size();
        found += uses.uses().size();
      }
    }
    assertThat(used).isGreaterThan(PROGRAMS);
    assertThat(found).as("of these, %s are used in %s calls", used, CALLS).isLessThan(used * 3);
  }

  @SuppressWarnings("unchecked") // a route without a class has texts
  private static void call(RouteModel route) throws Exception {
    ((MessageHandler<String>) route.handler()).handle(CONNECTION, "body");
  }
}
