import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import software.amazon.awscdk.App;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

class ChatStackTest {
  @Test
  @EnabledIf(value = "hasNode", disabledReason = "CDK runs on Node, and there is no node on the PATH")
  void theReportReadsTheChatsTableAndAnAlarmWatchesItsMessages() {
    Template template = Template.fromStack(new ChatStack(new App(), "Chat"));
    template.resourceCountIs("AWS::DynamoDB::GlobalTable", 1);
    template.resourceCountIs("AWS::Lambda::Function", 4);
    template.hasResourceProperties("AWS::IAM::Policy", Map.of("PolicyDocument", Map.of(
        "Statement", Match.arrayWith(
            List.of(Match.objectLike(Map.of("Action", Match.arrayWith(List.of("dynamodb:Scan")))))))));
    template.hasResourceProperties("AWS::CloudWatch::Alarm", Map.of("MetricName", "Errors", "Threshold", 1));
  }

  static boolean hasNode() {
    return System.getenv("CI") != null || Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "node")));
  }
}
