import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Task;
import dev.pinion.WebSocket;
import java.time.Duration;
import java.util.List;

/** Work that goes on after the handler: the answer of a language model, token by token. */
public final class Assistant implements App {
  record Ask(String text) {}

  record AskLater(String text, int minutes) {}

  record Prompt(String client, String text) {}

  /** A part of the answer. A second attempt sends the same parts again, with the same numbers. */
  record Token(int number, String text) {}

  record Done(int tokens) {}

  @Override
  public void define(Cloud cloud) {
    WebSocket ws = cloud.webSocket("assistant").create();
    Task<Prompt> answer = cloud.task("answer", Prompt.class).create();

    answer.onStart(prompt -> {
      int number = 0;
      for (String token : model(prompt.text())) {
        if (!ws.sendMessage(prompt.client(), new Token(number++, token))) return;
      }
      ws.sendMessage(prompt.client(), new Done(number));
    }).timeout(Duration.ofMinutes(10));

    ws.onRoute("ask", Ask.class, (c, ask) -> answer.start(new Prompt(c.id(), ask.text())));
    ws.onRoute("askLater", AskLater.class, (c, ask) -> answer.startIn(
        Duration.ofMinutes(ask.minutes()), new Prompt(c.id(), ask.text())));
  }

  /** Stands in for a language model: it answers with the words of the question, the last one first. */
  private static Iterable<String> model(String text) {
    return List.of(text.split(" ")).reversed();
  }
}
