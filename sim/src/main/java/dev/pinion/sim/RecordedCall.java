package dev.pinion.sim;

import dev.pinion.sim.RequestTrace.Step;
import dev.pinion.sim.ShownTexts.Shown;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A call of a handler, as the page shows it.
 *
 * @param kind the id of its {@link CallKind}
 * @param id the id of the request, or of the event that the handler was called with
 * @param at when the event arrived, in milliseconds since the epoch
 * @param micros how long the handler took
 * @param webSocket the id of the WebSocket; empty where there is none, as in a call of a schedule
 * @param connectionId the connection; empty where there is none
 * @param route the route, or the path of a handler that has none
 * @param handler the path of the handler
 * @param location where the app declares it
 * @param again whether somebody has called it again by hand
 * @param attempt how often it was called with this event, from 1; empty where nothing is tried again
 * @param repeatable whether it can be called again, with another body if it has one
 * @param body the message, or what else the handler was called with
 * @param headers the headers of the handshake
 * @param query the query parameters of the handshake
 * @param close the close code and reason
 * @param status the status of the answer; empty if the handler failed, or answers nothing
 * @param reply what it answered
 * @param failure the exception and the app's lines of its stack
 * @param line the app's line that failed
 */
record RecordedCall(
    long n, String kind, String id, long at, long micros, String webSocket, String connectionId, String route,
    String handler, String location, boolean again, Optional<Integer> attempt, boolean repeatable,
    Optional<Shown> body, Optional<Map<String, List<String>>> headers, Optional<Map<String, List<String>>> query,
    Optional<String> close, Optional<Integer> status, Optional<Shown> reply, Optional<Shown> failure,
    Optional<String> line, List<Step> steps, int stepsDropped, String log, boolean logCut) {
  static final int BODY_CHARACTERS = 16_384;
  static final int FAILURE_CHARACTERS = 8_000;
  /** What a call takes beside its texts. */
  private static final int CHARACTERS = 500;

  /** Returns how many characters a call with a trace takes, with some of its texts. */
  static int characters(RequestTrace trace, List<Optional<Shown>> texts) {
    return CHARACTERS + trace.characters()
        + texts.stream().mapToInt(each -> each.map(text -> text.text().length()).orElse(0)).sum();
  }
}
