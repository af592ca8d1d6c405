package dev.pinion.cli;

import dev.pinion.aws.LibraryMark;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/// Which of Pinion's libraries belong to a program.
final class ProgramLibrariesTest {
  /// A program of one file, with a handler that was written for Lambda.
  static final String HANDLERS = """
      import com.amazonaws.services.lambda.runtime.Context;
      import com.amazonaws.services.lambda.runtime.RequestHandler;
      import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
      import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
      import dev.pinion.*;
      import dev.pinion.lambdahandler.LambdaHandler;

      public final class Hello implements App {
        public static final class Greet
            implements RequestHandler<APIGatewayV2WebSocketEvent, APIGatewayV2WebSocketResponse> {
          @Override
          public APIGatewayV2WebSocketResponse handleRequest(APIGatewayV2WebSocketEvent event, Context context) {
            var response = new APIGatewayV2WebSocketResponse();
            response.setStatusCode(200);
            response.setBody("hello " + event.getBody());
            return response;
          }
        }

        @Override
        public void define(Cloud cloud) {
          cloud.webSocket("ws").create().onRequest("greet", LambdaHandler.replying(Greet.class));
        }
      }
      """;

  @TempDir private Path folder = Path.of("set by JUnit");

  private List<Path> of(String source) throws IOException {
    return ProgramLibraries.of(List.of(Files.writeString(folder.resolve("Program.java"), source)));
  }

  @Test
  void aProgramHasThoseWhosePackagesItNames() throws IOException {
    assertThat(of("import dev.pinion.*; import static dev.pinion.AttributeType.STRING;")).isEmpty();
    assertThat(of("import dev.pinion.spi.AppModel;")).isEmpty();
    assertThat(of("import dev.pinion.jwt.Jwt;")).hasSize(2).last().asString().contains("nimbus-jose-jwt");
    assertThat(of("import dev.pinion.lambdahandler.LambdaHandler;").stream().map(Path::toString)).satisfiesExactly(
        own -> assertThat(own).contains("lambda-handler"),
        core -> assertThat(core).contains("aws-lambda-java-core"),
        events -> assertThat(events).contains("aws-lambda-java-events"),
        serialization -> assertThat(serialization).contains("aws-lambda-java-serialization"),
        joda -> assertThat(joda).contains("joda-time"));
    assertThat(of("dev.pinion.jwt.Jwt x; dev.pinion.lambdahandler.LambdaHandler y;")).hasSize(7);
  }

  @Test
  void aFileWithHandlersThatWereWrittenForLambdaIsAProgram() throws IOException {
    Path program = Files.writeString(folder.resolve("Hello.java"), HANDLERS);
    Ran ran = Ran.of("explain", program.toString());
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).contains("ws/greet");
  }

  /// The program sees nothing of the command's but the API, in which the library has to find all that it needs.
  @Test
  @Timeout(60)
  void suchHandlersAreCalledByTheGateway() throws Exception {
    Path program = Files.writeString(folder.resolve("Hello.java"), HANDLERS);
    try (Child child = Child.of(folder, "run", program.toString(), "--port", "0");
        EchoClient client = new EchoClient(child.await("listening on "))) {
      assertThat(client.ask("{\"action\":\"greet\"}")).isEqualTo("hello {\"action\":\"greet\"}");
    }
  }

  @Test
  void theCommandProvidesWhatHasNoMark() throws IOException {
    assertThat(ProgramLibraries.isCommands(jar("pinion-core-1.jar", "dev/pinion/"))).isTrue();
    assertThat(ProgramLibraries.isCommands(jar("pinion-jwt-1.jar", "dev/pinion/", LibraryMark.FILE))).isFalse();
    assertThat(ProgramLibraries.isCommands(jar("pinion-rubber-1.jar", "org/pinion/"))).isFalse();
    assertThat(ProgramLibraries.isCommands(jar("core-1.jar", "dev/pinion/"))).isFalse();
    Path classes = folder.resolve("classes");
    Files.createDirectories(classes.resolve("dev/pinion"));
    assertThat(ProgramLibraries.isCommands(classes)).isTrue();
    Files.writeString(Files.createDirectories(classes.resolve("META-INF")).resolve("pinion-library"), "");
    assertThat(ProgramLibraries.isCommands(classes)).isFalse();
  }

  private Path jar(String name, String... entries) throws IOException {
    Path jar = folder.resolve(name);
    try (OutputStream file = Files.newOutputStream(jar); JarOutputStream out = new JarOutputStream(file)) {
      for (String each : entries) {
        out.putNextEntry(new JarEntry(each));
      }
    }
    return jar;
  }
}
