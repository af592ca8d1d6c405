package dev.pinion.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The account and the region that the AWS CLI would use in the user's environment.
 *
 * @param account the number; empty if it cannot be found out
 * @param region empty if none is set
 * @param why why the account is not known
 */
record AwsAccount(Optional<String> account, Optional<String> region, String why) {
  private static final String PROFILE = "--profile";

  /**
   * Asks the AWS CLI, if there is one.
   *
   * @param arguments arguments of a tool, which may name a profile
   */
  static AwsAccount of(List<String> arguments) throws InterruptedException {
    int at = arguments.indexOf(PROFILE);
    List<String> profile = at < 0 || at + 1 == arguments.size() ? List.of() : arguments.subList(at, at + 2);
    Map<String, String> variables = System.getenv();
    Optional<String> region = Optional.ofNullable(variables.getOrDefault(
        "AWS_REGION", variables.getOrDefault("AWS_DEFAULT_REGION", null)));
    Optional<UserTool> aws = UserTool.find(List.of("aws"));
    if (aws.isEmpty()) return new AwsAccount(Optional.empty(), region, "the AWS CLI is not on the PATH");
    UserTool.Printed identity = read(aws.get(), profile, "sts", "get-caller-identity", "--query", "Account",
        "--output", "text");
    if (region.isEmpty()) {
      region = Optional.of(read(aws.get(), profile, "configure", "get", "region").out().strip())
          .filter(each -> !each.isEmpty());
    }
    Optional<String> account = Optional.of(identity.out().strip()).filter(each -> each.matches("[0-9]{12}"));
    return new AwsAccount(account, region, identity.err().strip().lines().reduce("", (_, last) -> last));
  }

  private static UserTool.Printed read(UserTool aws, List<String> profile, String... arguments)
      throws InterruptedException {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(profile);
    return aws.read(Path.of("").toAbsolutePath(), all);
  }

  /** Returns both in words. */
  String text() {
    String number = account.map(each -> "account " + each)
        .orElseGet(() -> "account of your credentials (not known here" + (why.isEmpty() ? "" : ": " + why) + ")");
    return number + ", " + region.map(each -> "region " + each).orElse("the region of your configuration");
  }
}
