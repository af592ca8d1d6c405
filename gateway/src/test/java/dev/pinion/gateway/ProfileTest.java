package dev.pinion.gateway;

import dev.pinion.engine.CloseStatus;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The settings, and their table in the documentation. */
final class ProfileTest {
  private static final Pattern ROW =
      Pattern.compile("(\\| `\\w+` \\| [^|]+ \\| [^|]+ \\|) (documented|assumed|own) \\| [^|]+ \\|");

  @Test
  void theTableInTheDocumentationIsThis() throws IOException {
    List<String> rows = Files.readAllLines(document()).stream()
        .dropWhile(line -> !line.equals("## Settings"))
        .filter(line -> line.startsWith("| `"))
        .toList();
    assertThat(rows).allMatch(row -> ROW.matcher(row).matches());
    assertThat(rows).map(row -> ROW.matcher(row).replaceFirst("$1"))
        .containsExactlyElementsOf(settings().map(ProfileTest::row).toList());
  }

  private static Path document() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("docs/gateway.md"))) {
      folder = Objects.requireNonNull(folder.getParent(), "no docs/gateway.md in any folder above");
    }
    return folder.resolve("docs/gateway.md");
  }

  private static Stream<Field> settings() {
    return Arrays.stream(Profile.class.getDeclaredFields())
        .filter(field -> !Modifier.isStatic(field.getModifiers()) && !field.isSynthetic());
  }

  private static String row(Field setting) {
    return "| `" + setting.getName() + "` | " + value(setting, Profile.AWS) + " | " + value(setting, Profile.RELAXED)
        + " |";
  }

  private static String value(Field setting, Profile profile) {
    try {
      return switch (setting.get(profile)) {
        case Boolean allowed -> allowed ? "yes" : "no";
        case Duration time -> time.toMinutes() == 0 ? time.toSeconds() + " s"
            : time.toHours() == 0 ? time.toMinutes() + " min" : time.toHours() + " h";
        case CloseStatus(int code, String reason) -> code + (reason.isEmpty() ? "" : " `" + reason + "`");
        case Integer status when setting.getName().endsWith("Status") -> status.toString();
        case Number number -> String.format(Locale.ROOT, "%,d", number.longValue());
        default -> throw new AssertionError("A setting of an unknown type: " + setting);
      };
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aChangeIsACopy() {
    Profile changed = Profile.AWS.frameBytes(1).pingsKeepAlive(true).lifetime(Duration.ofSeconds(1));
    assertThat(changed.frameBytes).isEqualTo(1);
    assertThat(changed.pingsKeepAlive).isTrue();
    assertThat(changed.messageBytes).isEqualTo(Profile.AWS.messageBytes);
    assertThat(Profile.AWS.frameBytes).isEqualTo(32 * 1024);
    assertThat(Profile.AWS.lifetime).isEqualTo(Duration.ofHours(2));
  }

  @Test
  void aLimitIsPositive() {
    assertThatThrownBy(() -> Profile.AWS.pendingBytes(0)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A limit must be positive, but is 0");
  }
}
