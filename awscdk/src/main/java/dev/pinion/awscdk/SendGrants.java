package dev.pinion.awscdk;

import dev.pinion.aws.Plan;
import dev.pinion.aws.Statement;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.GrantOnPrincipalOptions;
import software.amazon.awscdk.services.iam.IGrantable;

/** Lets programs outside of an app send to what it has. */
final class SendGrants {
  private SendGrants() {}

  static Grant grant(Plan plan, TokenText text, IGrantable grantee, String id) {
    Statement.Allow statement = plan.senders().get(id);
    if (statement == null) {
      throw new IllegalArgumentException(
          "the app has nothing '" + id + "' to send to: it has " + String.join(", ", plan.senders().keySet()));
    }
    return Grant.addToPrincipal(
        GrantOnPrincipalOptions.builder().grantee(grantee).actions(statement.actions())
            .resourceArns(statement.resources().stream().map(text::text).toList()).build());
  }
}
