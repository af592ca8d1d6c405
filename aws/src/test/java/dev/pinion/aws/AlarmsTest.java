package dev.pinion.aws;

import dev.pinion.AttributeType;
import dev.pinion.Definition;
import dev.pinion.HttpReply;
import dev.pinion.WebSocket;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// What an app can raise an alarm about.
final class AlarmsTest {
  private static List<AlarmPlan> alarms() {
    return Alarms.of(Definition.of(cloud -> {
      cloud.table("rows").hashKey("id", AttributeType.STRING).create().onChange(change -> {});
      cloud.queue("jobs", String.class).create().onMessage(text -> {});
      cloud.task("work", String.class).create().onStart(text -> {});
      cloud.webSocket("ws").create().onMessage((c, body) -> {});
      cloud.httpApi("http").create().on("GET /", request -> HttpReply.noContent());
    }).model());
  }

  @Test
  void thereAreThoseOfEachKind() {
    assertThat(alarms()).extracting(each -> each.of().path() + " " + each.what()).containsExactly(
        "ws client-errors", "ws execution-errors", "ws integration-errors",
        "http client-errors", "http server-errors",
        "rows/changes errors", "rows/changes throttles", "rows/changes iterator-age",
        "jobs errors", "jobs throttles", "work errors", "work throttles",
        "ws/$default errors", "ws/$default throttles", "http/GET / errors", "http/GET / throttles",
        "work messages", "jobs messages", "rows/changes messages");
  }

  @Test
  void noTwoHaveTheSameName() {
    List<String> names = alarms().stream().map(each -> each.of().slug() + "--" + each.what()).toList();
    assertThat(new HashSet<>(names)).hasSameSizeAs(names);
  }

  @Test
  void handlersThatShareAFunctionHaveItsAlarmsOnce() {
    List<AlarmPlan> alarms = Alarms.of(Definition.of(cloud -> {
      cloud.table("rows").hashKey("id", AttributeType.STRING).create().onChange(change -> {}).function("all");
      WebSocket ws = cloud.webSocket("ws").create();
      ws.onConnect(c -> {}).function("all");
      ws.onRoute("say", (c, body) -> {}).function("all");
      ws.onMessage((c, body) -> {});
    }).model());

    assertThat(alarms).filteredOn(each -> each.namespace().equals("AWS/Lambda"))
        .extracting(each -> each.of().path() + " " + each.what() + ": " + each.description()).containsExactly(
            "all errors: The function 'all' has failed.", "all throttles: The function 'all' was throttled.",
            "all iterator-age: The function 'all' handles changes five minutes late or more.",
            "ws/$default errors: The function of 'ws/$default' has failed.",
            "ws/$default throttles: The function of 'ws/$default' was throttled.");
  }
}
