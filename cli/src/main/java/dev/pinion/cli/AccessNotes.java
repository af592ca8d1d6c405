package dev.pinion.cli;

import dev.pinion.spi.AccessModel;
import dev.pinion.spi.Admission;
import dev.pinion.spi.AppModel;
import dev.pinion.spi.AuthorizerModel;
import dev.pinion.spi.HandlerModel;
import dev.pinion.spi.RouteModel;
import dev.pinion.spi.WebSocketModel;
import java.util.ArrayList;
import java.util.List;

/** What {@code explain} notes about the functions that decide who may connect. */
final class AccessNotes {
  private AccessNotes() {}

  /** Returns the notes about a handler, by its path. */
  static List<String> of(String path, AppModel app) {
    for (WebSocketModel webSocket : app.webSockets()) {
      for (HandlerModel handler : webSocket.handlers()) {
        if (handler.path().equals(path)) return of(handler, webSocket.access());
      }
    }
    return List.of();
  }

  private static List<String> of(HandlerModel handler, AccessModel access) {
    List<String> notes = new ArrayList<>();
    boolean connect = handler instanceof RouteModel route && route.key().equals("$connect");
    if (connect && Admission.is(handler)) {
      notes
          .add("made by Pinion: API Gateway authorizes on $connect, which needs a function, and there is no onConnect");
    }
    boolean checks = handler instanceof AuthorizerModel || (connect && access.authorizer().isEmpty());
    if (checks && !access.origins().isEmpty()) {
      notes.add("checks the origin, as API Gateway does not: " + String.join(", ", access.origins()));
    }
    if (connect && access.iam()) notes.add("called for handshakes that are signed with AWS credentials (AWS_IAM)");
    if (connect && access.authorizer().isPresent()) notes.add("called for clients that the authorizer allows");
    if (handler instanceof AuthorizerModel authorizer) {
      authorizer.identitySource().ifPresent(source -> notes.add("called for handshakes with " + source));
    }
    if (connect) {
      access.authorizer().map(AuthorizerModel::subprotocols).orElse(List.of())
          .forEach(name -> notes.add("answers the subprotocol '" + name + "' to clients that offer it"));
    }
    return notes;
  }
}
