package dev.pinion.tfaws;

import dev.pinion.aws.Plan;
import dev.pinion.aws.TableHistory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes {@code main.tf.json}: every resource, by type and then in the order of declaration. */
final class MainFile {
  private static final List<String> TYPES = List.of(
      "terraform_data",
      "aws_dynamodb_table",
      "aws_sqs_queue",
      "aws_cloudwatch_log_group",
      "aws_iam_role",
      "aws_iam_role_policy",
      "aws_iam_policy",
      "aws_iam_role_policy_attachment",
      "aws_lambda_function",
      "aws_lambda_alias",
      "aws_lambda_provisioned_concurrency_config",
      "aws_lambda_function_event_invoke_config",
      "aws_lambda_function_recursion_config",
      "aws_lambda_permission",
      "aws_scheduler_schedule_group",
      "aws_lambda_event_source_mapping",
      "aws_scheduler_schedule",
      "aws_apigatewayv2_api",
      "aws_apigatewayv2_authorizer",
      "aws_apigatewayv2_integration",
      "aws_apigatewayv2_route",
      "aws_apigatewayv2_route_response",
      "aws_apigatewayv2_deployment",
      "aws_apigatewayv2_stage",
      "aws_apigatewayv2_domain_name",
      "aws_apigatewayv2_api_mapping",
      "aws_route53_record",
      "aws_cloudwatch_metric_alarm");

  private MainFile() {}

  static Block of(Plan plan, TableHistory history, String comment) {
    Hcl hcl = new Hcl(plan);
    Block main = new Block().put("//", comment);
    Block locals = main.in("locals")
        // A prefix with a hyphen ends in two, so that chat-test and rooms is never the name of chat and test-rooms.
        .put("prefix", "${var.prefix}${length(split(\"-\", var.prefix)) > 1 ? \"--\" : \"-\"}");
    if (!plan.functions().isEmpty()) locals.put("package", TerraformModule.versionedZip());
    ModuleHistory.write(locals, plan, history);
    Block resources = new Block();
    TableResources tables = new TableResources(resources);
    FunctionResources functions = new FunctionResources(hcl, resources, locals);
    ApiResources apis = new ApiResources(hcl, resources);
    plan.tables().forEach(tables::add);
    tables.addRemoved(history.removed(plan));
    Map<String, List<String>> policies = new HashMap<>();
    plan.functions().forEach(each -> policies.put(each.path(), functions.add(each)));
    OldVersions.add(plan, hcl, resources);
    plan.webSockets().forEach(apis::add);
    HttpApiResources httpApis = new HttpApiResources(hcl, resources);
    plan.httpApis().forEach(httpApis::add);
    ScheduleResources schedules = new ScheduleResources(hcl, resources, locals);
    plan.schedules().forEach(each -> schedules.add(each, plan.function(each.path())));
    TaskResources tasks = new TaskResources(hcl, resources, locals);
    plan.tasks().forEach(
        each -> tasks.add(each, plan.function(each.path()),
            policies.getOrDefault(plan.function(each.path()).path(), List.of())));
    QueueResources queues = new QueueResources(hcl, resources);
    plan.queues().forEach(queues::add);
    plan.eventSources().forEach(queues::add);
    new DomainResources(plan, hcl, resources, locals).add();
    new LogResources(plan, hcl, resources).add();
    AlarmResources.add(plan, hcl, resources);
    Block sorted = main.in("resource");
    if (!TYPES.containsAll(resources.names())) throw new IllegalStateException("unknown: " + resources.names());
    TYPES.stream().filter(resources::has).forEach(type -> sorted.put(type, resources.in(type)));
    return main;
  }
}
