package dev.pinion.cli;

import dev.pinion.Authorization;
import dev.pinion.AuthorizeHandler;
import dev.pinion.AuthorizeRequest;
import dev.pinion.Cloud;
import dev.pinion.Definition;
import dev.pinion.TokenFrom;
import dev.pinion.spi.AppModel;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@code explain} notes about who may connect. */
final class AccessNotesTest {
  private static final String MADE =
      "made by Pinion: API Gateway authorizes on $connect, which needs a function, and there is no onConnect";
  private static final String ORIGIN = "checks the origin, as API Gateway does not: https://app.example.com";

  private final AppModel app = Definition.of(AccessNotesTest::define).model();

  /** An authorizer whose token can be in several subprotocols. */
  private static final class Several implements AuthorizeHandler {
    @Override
    public List<TokenFrom> identitySources() {
      return List.of(TokenFrom.subprotocol("bearer"), TokenFrom.subprotocol("token"));
    }

    @Override
    public Authorization authorize(AuthorizeRequest request) {
      return Authorization.unauthorized();
    }
  }

  private static void define(Cloud cloud) {
    cloud.webSocket("open").create().onConnect(c -> {});
    cloud.webSocket("query").create()
        .onAuthorize(TokenFrom.query("token"), request -> Authorization.allow("somebody"));
    cloud.webSocket("several").origins("https://app.example.com").create().onAuthorize(new Several());
    cloud.webSocket("pages").origins("https://app.example.com").create();
    cloud.webSocket("signed").iam().create();
  }

  private List<String> notes(String path) {
    return AccessNotes.of(path, app);
  }

  @Test
  void everybodyMayConnectWithoutANote() {
    assertThat(notes("open/$connect")).isEmpty();
    assertThat(notes("nothing/$connect")).isEmpty();
  }

  @Test
  void anAuthorizerIsCalledWithItsIdentitySource() {
    assertThat(notes("query/$authorize")).containsExactly(
        "called for handshakes with route.request.querystring.token");
    assertThat(notes("query/$connect")).containsExactly(MADE, "called for clients that the authorizer allows");
  }

  @Test
  void theFunctionThatChecksTheOriginSaysSo() {
    assertThat(notes("several/$authorize")).containsExactly(ORIGIN);
    assertThat(notes("several/$connect")).containsExactly(
        MADE, "called for clients that the authorizer allows",
        "answers the subprotocol 'bearer' to clients that offer it",
        "answers the subprotocol 'token' to clients that offer it");
    assertThat(notes("pages/$connect")).containsExactly(MADE, ORIGIN);
  }

  @Test
  void handshakesThatIamAuthorizesAreSigned() {
    assertThat(notes("signed/$connect")).containsExactly(
        MADE, "called for handshakes that are signed with AWS credentials (AWS_IAM)");
  }
}
