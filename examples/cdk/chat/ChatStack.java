import dev.pinion.awscdk.PinionApp;
import java.util.Map;
import software.amazon.awscdk.App;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.constructs.Construct;

/** The chat in a CDK app, with an alarm and with a report that also reads the chat's table. */
public final class ChatStack extends Stack {
  private static final String REPORT = """
      const { DynamoDBClient, ScanCommand } = require('@aws-sdk/client-dynamodb');
      const client = new DynamoDBClient();
      exports.handler = async () => {
        const { Count } = await client.send(new ScanCommand({ TableName: process.env.TABLE, Select: 'COUNT' }));
        return { connected: Count };
      };
      """;

  public ChatStack(Construct scope, String id) {
    super(scope, id);
    var chat = new PinionApp(this, "Chat", Chat.class);

    Function report = Function.Builder.create(this, "Report")
        .runtime(Runtime.NODEJS_22_X)
        .handler("index.handler")
        .code(Code.fromInline(REPORT))
        .environment(Map.of("TABLE", chat.table("WebSocketTable").getTableName()))
        .build();
    chat.table("WebSocketTable").grantReadData(report);

    Alarm.Builder.create(this, "Failing")
        .metric(chat.function("my-websocket/$default").metricErrors())
        .threshold(1)
        .evaluationPeriods(1)
        .treatMissingData(TreatMissingData.NOT_BREACHING)
        .build();

    CfnOutput.Builder.create(this, "ChatUrl").value(chat.url("my-websocket")).build();
  }

  public static void main(String... arguments) {
    App app = new App();
    new ChatStack(app, "Chat");
    app.synth();
  }
}
