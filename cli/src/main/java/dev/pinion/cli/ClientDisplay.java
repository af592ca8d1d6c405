package dev.pinion.cli;

import dev.pinion.cli.ClientLink.Arrived;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.function.Consumer;

/**
 * Shows what happens on a connection, a line each. Any thread.
 *
 * @param text the form of the lines
 * @param frames receives lines about messages
 * @param notes receives lines about anything else
 */
record ClientDisplay(FrameText text, Consumer<String> frames, Consumer<String> notes) {
  void arrived(Arrived what) {
    LocalTime now = LocalTime.now(ZoneId.systemDefault());
    switch (what) {
      case Arrived.Text(String message) -> {
        frames.accept(text.received(now, message));
        String meaning = FrameText.meaning(message);
        if (!meaning.isEmpty()) notes.accept(text.note(now, meaning));
      }
      case Arrived.Binary(String shown) -> frames.accept(text.received(now, shown));
      case Arrived.Control(String control) -> notes.accept(text.note(now, control));
      case Arrived.Ended end when end.isLost() -> notes.accept(text.failure(now, end.text()));
      case Arrived.Ended end -> notes.accept(text.note(now, end.text()));
    }
  }

  void sent(String message) {
    frames.accept(text.sent(LocalTime.now(ZoneId.systemDefault()), message));
  }

  void note(String what) {
    notes.accept(text.note(LocalTime.now(ZoneId.systemDefault()), what));
  }

  void failure(String what) {
    notes.accept(text.failure(LocalTime.now(ZoneId.systemDefault()), what));
  }
}
