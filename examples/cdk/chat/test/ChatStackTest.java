import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

class ChatStackTest {
  @Test
  void theReportReadsTheChatsTableAndAnAlarmWatchesItsMessages() {
    Template template = Template.fromStack(new ChatStack(new App(), "Chat"));
    template.resourceCountIs("AWS::DynamoDB::GlobalTable", 1);
    template.resourceCountIs("AWS::Lambda::Function", 4);
    template.hasResourceProperties("AWS::IAM::Policy", Map.of("PolicyDocument", Map.of(
        "Statement", Match.arrayWith(
            List.of(Match.objectLike(Map.of("Action", Match.arrayWith(List.of("dynamodb:Scan")))))))));
    template.hasResourceProperties("AWS::CloudWatch::Alarm", Map.of("MetricName", "Errors", "Threshold", 1));
  }
}
