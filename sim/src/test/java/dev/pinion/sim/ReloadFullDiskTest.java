package dev.pinion.sim;

import dev.pinion.App;
import dev.pinion.AttributeType;
import dev.pinion.Item;
import dev.pinion.ServiceUnavailableException;
import dev.pinion.Table;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** A program is replaced while others write to a table, and the disk is full. */
@Timeout(120)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no limit for the length of a file")
final class ReloadFullDiskTest {
  /** Blocks of 512 bytes: the length of a file for which there is room. */
  private static final String ROOM = "8192";
  private static final int REFUSALS = 30;
  private static final int THREADS = 4;

  @TempDir private Path data = Path.of("");

  /** The process whose files have a limit; its data folder is the argument. */
  public static void main(String... arguments) {
    AtomicReference<Table> rows = new AtomicReference<>();
    App app = cloud -> {
      rows.set(cloud.table("rows").hashKey("id", AttributeType.STRING).create());
      cloud.schedule("tick").rate(Duration.ofDays(1)).create().onTick(_ -> {});
    };
    PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
    try (Simulator simulator = Simulator.of(app).data(Path.of(arguments[0])).values(Map.of()).ticksByHand()
        .permissions(PermissionMode.OFF).log(silent).start()) {
      for (int i = 0; i < THREADS; i++) {
        String id = i + "-";
        Thread.ofPlatform().daemon().start(() -> write(rows.get(), id));
      }
      for (int refused = 0; refused < REFUSALS;) {
        if (simulator.reload(app) instanceof Reloaded.Refused(List<String> reasons)) {
          refused++;
          System.out.println(reasons);
        }
      }
      System.out.println("end");
    }
    System.exit(0);
  }

  /** Writes new rows for ever, whether there is room for them or not. */
  private static void write(Table table, String id) {
    String text = "x".repeat(20_000);
    for (int i = 0;; i++) {
      try {
        table.putItem(Item.of("id", id + i, "text", text));
      } catch (IllegalStateException | ServiceUnavailableException _) {
        // there is no room for it
      }
    }
  }

  @Test
  void itIsRefusedAndSaysWhy() throws Exception {
    Process process = new ProcessBuilder(
        "/bin/sh", "-c", "ulimit -f " + ROOM + "; exec \"$@\"", "sh",
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
        System.getProperty("java.class.path"), ReloadFullDiskTest.class.getName(), data.toString())
        .redirectErrorStream(true).start();
    List<String> lines = new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
    assertThat(lines).hasSize(REFUSALS + 1).endsWith("end");
    assertThat(lines.subList(0, REFUSALS)).allMatch(each -> each.startsWith("[") && each.contains("File too large"));
  }
}
