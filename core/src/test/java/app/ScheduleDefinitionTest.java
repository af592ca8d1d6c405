package app;

import dev.pinion.App;
import dev.pinion.Definition;
import dev.pinion.DefinitionException;
import dev.pinion.DefinitionException.Problem;
import dev.pinion.PhaseException;
import dev.pinion.Schedule;
import dev.pinion.Tick;
import dev.pinion.spi.Dispatcher;
import dev.pinion.spi.HandlerScope;
import dev.pinion.spi.ScheduleModel;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Schedules that an app declares, and every mistake it can make there. */
class ScheduleDefinitionTest {
  private static List<String> problems(App app) {
    DefinitionException mistakes = catchThrowableOfType(DefinitionException.class, () -> Definition.of(app));
    assertThat(mistakes.problems()).extracting(each -> each.location().file())
        .containsOnly("ScheduleDefinitionTest.java");
    return mistakes.problems().stream().map(Problem::message).toList();
  }

  @Test
  void theThreeKindsAreInTheModel() {
    var model = Definition.of(cloud -> {
      cloud.schedule("tick").rate(Duration.ofMinutes(1)).create().onTick(tick -> {}).timeout(Duration.ofMinutes(15));
      cloud.schedule("opening").cron("0 9 ? * MON-FRI *").timeZone("Europe/Berlin").create().onTick(tick -> {});
      cloud.schedule("once").at(LocalDateTime.of(2030, 1, 1, 0, 0)).create().onTick(tick -> {}).memory(256);
    }).model();
    assertThat(model.schedules()).extracting(each -> each.expression().toString()).containsExactly(
        "rate(1 minute)", "cron(0 9 ? * MON-FRI *) in Europe/Berlin", "at(2030-01-01T00:00:00) in UTC");
    assertThat(model.handlers()).extracting(each -> each.path()).containsExactly("tick", "opening", "once");
    assertThat(model.handlers()).extracting(each -> each.options().memory()).containsExactly(512, 512, 256);
    assertThat(model.handlers().getFirst().options().timeout()).isEqualTo(Duration.ofMinutes(15));
  }

  @Test
  void handlersOfAllKindsAreInTheOrderOfDeclaration() {
    var model = Definition.of(cloud -> {
      cloud.schedule("first").rate(Duration.ofHours(1)).create().onTick(tick -> {});
      cloud.webSocket("ws").create().onMessage((c, body) -> {});
      cloud.schedule("last").rate(Duration.ofHours(1)).create().onTick(tick -> {});
    }).model();
    assertThat(model.handlers()).extracting(each -> each.path()).containsExactly("first", "ws/$default", "last");
  }

  @Test
  void whatNoScheduleCanBeIsReportedWithWhatToDo() {
    assertThat(problems(cloud -> {
      cloud.schedule("short").rate(Duration.ofSeconds(30)).create().onTick(tick -> {});
      cloud.schedule("odd").rate(Duration.ofSeconds(90)).create().onTick(tick -> {});
      cloud.schedule("never").cron("0 0 31 FEB ? *").create().onTick(tick -> {});
      cloud.schedule("unix").cron("*/5 * * * *").create().onTick(tick -> {});
    })).containsExactly(
        "schedule 'short' has a rate of PT30S, and EventBridge Scheduler's shortest is one minute: use"
            + " Duration.ofMinutes",
        "schedule 'odd' has a rate of PT1M30S, and EventBridge Scheduler knows whole minutes only: use"
            + " Duration.ofMinutes",
        "schedule 'never' has the cron expression '0 0 31 FEB ? *', a day that no calendar has: it would never tick",
        "schedule 'unix' has the cron expression '*/5 * * * *': it has 5 fields, and AWS's have six: minutes hours"
            + " day-of-month month day-of-week year, such as 0 9 ? * MON-FRI *");
  }

  @Test
  void timesThatDoNotExistAreReportedWithWhatToDo() {
    assertThat(problems(cloud -> {
      cloud.schedule("nowhere").cron("0 9 * * ? *").timeZone("Europe/Atlantis").create().onTick(tick -> {});
      cloud.schedule("offset").cron("0 9 * * ? *").timeZone("+02:00").create().onTick(tick -> {});
      cloud.schedule("zoned").rate(Duration.ofDays(1)).timeZone("Europe/Berlin").create().onTick(tick -> {});
      cloud.schedule("gap").at(LocalDateTime.of(2026, 3, 29, 2, 30)).timeZone("Europe/Berlin").create()
          .onTick(tick -> {});
      cloud.schedule("fine").at(LocalDateTime.of(2026, 3, 29, 2, 30, 0, 1)).create().onTick(tick -> {});
      cloud.schedule("when").create().onTick(tick -> {});
      cloud.schedule("both").rate(Duration.ofMinutes(1)).cron("0 9 * * ? *").create().onTick(tick -> {});
    })).containsExactly(
        "schedule 'nowhere' has the time zone 'Europe/Atlantis', which does not exist: use a name such as"
            + " Europe/Berlin or UTC",
        "schedule 'offset' has the time zone '+02:00', which does not exist: use a name such as Europe/Berlin or UTC",
        "schedule 'zoned' has a rate and a time zone, and a rate is the same in all zones: remove timeZone, or use"
            + " cron",
        "schedule 'gap' is at 2026-03-29T02:30, which does not exist in Europe/Berlin, where clocks are set ahead:"
            + " use another time",
        "schedule 'fine' is at 2026-03-29T02:30:00.000000001, and EventBridge Scheduler knows whole seconds only",
        "schedule 'when' does not say when: add rate(Duration.ofMinutes(1)), cron(\"0 9 ? * MON-FRI *\") or at(...)",
        "schedule 'both' has more than one of rate, cron and at: use one, or declare two schedules");
  }

  @Test
  void aScheduleHasOneHandler() {
    assertThat(problems(cloud -> {
      Schedule twice = cloud.schedule("twice").rate(Duration.ofMinutes(1)).create();
      twice.onTick(tick -> {});
      twice.onTick(tick -> {});
      cloud.schedule("none").rate(Duration.ofMinutes(1)).create();
      cloud.schedule("begun").rate(Duration.ofMinutes(1));
      cloud.schedule("twice").rate(Duration.ofMinutes(1)).create().onTick(tick -> {});
    })).satisfiesExactlyInAnyOrder(
        one -> assertThat(one).startsWith("schedule 'twice' has two handlers, the first at ScheduleDefinitionTest"),
        two -> assertThat(two).startsWith("schedule 'twice' has the same id as the resource declared at"),
        three -> assertThat(three).isEqualTo("schedule 'begun' was declared without .create(): add it"),
        four -> assertThat(four).isEqualTo("schedule 'none' has no handler: add onTick"));
  }

  @Test
  void onlyDefineDeclares() {
    AtomicReference<Schedule> schedule = new AtomicReference<>();
    Definition.of(cloud -> {
      schedule.set(cloud.schedule("tick").rate(Duration.ofMinutes(1)).create());
      schedule.get().onTick(tick -> {});
    });
    assertThatThrownBy(() -> schedule.get().onTick(tick -> {})).isInstanceOf(PhaseException.class)
        .hasMessageContaining("onTick declares, but define has returned");
  }

  @Test
  void theDispatcherCallsTheHandlerInItsScope() throws Exception {
    List<String> told = new ArrayList<>();
    ScheduleModel model = Definition.of(cloud -> cloud.schedule("tick").rate(Duration.ofMinutes(1)).create()
        .onTick(tick -> told.add(tick.scheduledTime() + " in " + HandlerScope.currentHandler()))).model().schedules()
        .getFirst();
    Dispatcher.dispatch(new Tick(Instant.EPOCH, "x"), model.onTick());
    assertThat(told).containsExactly("1970-01-01T00:00:00Z in tick");
    assertThat(HandlerScope.currentHandler()).isEmpty();
  }
}
