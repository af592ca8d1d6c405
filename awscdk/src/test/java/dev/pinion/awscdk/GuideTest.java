package dev.pinion.awscdk;

import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Config;
import dev.pinion.WebSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.secretsmanager.Secret;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// What docs/deploy-cdk.md shows.
@NeedsNode
final class GuideTest {
  /// A lobby, as in the examples.
  static final class Lobby implements App {
    @Override
    public void define(Cloud cloud) {
      Config greeting = cloud.config("greeting");
      var password = cloud.secret("password");
      WebSocket ws = cloud.webSocket("lobby").create();
      ws.onMessage((c, name) -> ws.sendMessage(c.id(), greeting.value() + password.value() + name));
    }
  }

  /// A stack with that lobby.
  static final class LobbyStack extends Stack {
    LobbyStack() {
      PinionApp.Builder.create(this, "Lobby", Lobby.class)
          .config("greeting", "Welcome")
          .secret("password", Secret.fromSecretNameV2(this, "Password", "lobby-password"))
          .memory("lobby/$default", 1024)
          .logRetention(RetentionDays.ONE_YEAR)
          .build();
    }
  }

  /// Another app.
  static final class Chat implements App {
    @Override
    public void define(Cloud cloud) {
      cloud.webSocket("chat").create().onMessage((c, body) -> {});
    }
  }

  /// A stack whose functions' file is named.
  static final class NamedStack extends Stack {
    NamedStack() {
      PinionApp.Builder.create(this, "Chat", Chat.class).code(Path.of("chat/target/tf-aws/function.zip")).build();
    }
  }

  @Test
  void settingsAreTaken() {
    Template template = Template.fromStack(new LobbyStack());
    template.hasResourceProperties("AWS::Lambda::Function", Map.of("MemorySize", 1024));
    template.hasResourceProperties("AWS::Logs::LogGroup", Map.of("RetentionInDays", 365));
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatThrownBy(NamedStack::new).hasMessageContaining("function.zip: it is not a file");
  }
}
