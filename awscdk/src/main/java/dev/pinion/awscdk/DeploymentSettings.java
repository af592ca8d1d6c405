package dev.pinion.awscdk;

import dev.pinion.aws.FunctionPlan;
import dev.pinion.aws.Plan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.apigatewayv2.ThrottleSettings;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.iam.IManagedPolicy;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.logs.RetentionDays;

/** The deployment settings of an app, apart from its configs and secrets. */
final class DeploymentSettings {
  private static final int RATE = 10_000;
  private static final int BURST = 5_000;

  final Map<String, Integer> memory = new LinkedHashMap<>();
  Architecture architecture = Architecture.ARM_64;
  RetentionDays logRetention = RetentionDays.ONE_MONTH;
  Optional<IVpc> vpc = Optional.empty();
  Optional<SubnetSelection> subnets = Optional.empty();
  List<ISecurityGroup> securityGroups = List.of();
  Optional<Network> network = Optional.empty();
  /** Whether the app says which of its functions run in the network; otherwise, all do. */
  boolean vpcByHandler;
  Optional<String> rolePath = Optional.empty();
  Optional<IManagedPolicy> permissionsBoundary = Optional.empty();
  OperatorSettings operators = OperatorSettings.create();
  private int rate = RATE;
  private int burst = BURST;

  /** The ids of a network's subnets and security groups, which only CloudFormation knows. */
  record Network(List<String> subnets, List<String> securityGroups) {}

  /** Whether a function runs in the network that is set. */
  boolean inNetwork(FunctionPlan function) {
    return vpc.isPresent() && (!vpcByHandler || function.settings().vpc());
  }

  void throttle(ThrottleSettings throttle) {
    rate = limit("rateLimit", throttle.getRateLimit(), RATE);
    burst = limit("burstLimit", throttle.getBurstLimit(), BURST);
  }

  private static int limit(String name, @Nullable Number limit, int otherwise) {
    if (limit == null) return otherwise;
    if (limit.intValue() < 1) {
      throw new IllegalArgumentException(
          name + " is " + limit + ": with a limit under 1 every request is answered 429");
    }
    return limit.intValue();
  }

  /** Returns both limits: to AWS, a missing one is 0, and every handshake is answered 429. */
  ThrottleSettings throttle() {
    return ThrottleSettings.builder().rateLimit(rate).burstLimit(burst).build();
  }

  int memory(FunctionPlan function) {
    return memory.getOrDefault(function.path(), function.memory());
  }

  /**
   * Checks that all names exist in the app.
   *
   * @param name what a message calls the construct
   */
  void check(String name, Plan plan) {
    List<String> handlers = plan.functions().stream().map(FunctionPlan::path).toList();
    for (String handler : memory.keySet()) {
      if (!handlers.contains(handler)) {
        throw new IllegalArgumentException(
            name + " has no handler '" + handler + "' whose memory could be set: it has "
                + String.join(", ", handlers));
      }
    }
    operators.check(name, plan);
    if (vpcByHandler && vpc.isEmpty() && network.isEmpty()) {
      throw new IllegalArgumentException(
          name + " has no network, but a handler of its app says vpc(): add .vpc(…) to the app's builder");
    }
    if (vpc.isEmpty() && (subnets.isPresent() || !securityGroups.isEmpty())) {
      throw new IllegalArgumentException(name + " has subnets or security groups, but no network: add .vpc(…)");
    }
  }
}
