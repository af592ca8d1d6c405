package dev.pinion.cli;

import dev.pinion.Definition;
import dev.pinion.aws.Plan;
import dev.pinion.aws.Planner;
import dev.pinion.aws.TableHistory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static dev.pinion.AttributeType.NUMBER;
import static dev.pinion.AttributeType.STRING;
import static org.assertj.core.api.Assertions.assertThat;

/// The tables that a compilation for the CDK remembers.
final class AssemblyTablesTest {
  @Test
  void tablesAreReadAsTheyWereWritten() {
    Plan plan = Planner.plan(Definition.of(cloud -> {
      cloud.table("users  S").hashKey("a  \"b\"\t\\", STRING).rangeKey("at\nn", NUMBER).timeToLive("ends  \\t")
          .create();
      cloud.table("orders").hashKey("id", STRING).attribute("user", STRING).index("byUser", "user").index("byId", "id")
          .create();
      cloud.webSocket("ws").create().onMessage((c, body) -> {});
    }).model(), "Chat", Map.of());
    List<String> lines = AssemblyTables.lines(plan);
    assertThat(lines).hasSize(2).allMatch(line -> line.startsWith("# table\t") && !line.contains("\n"));
    assertThat(AssemblyTables.read(lines)).isEqualTo(TableHistory.of(plan));
  }
}
