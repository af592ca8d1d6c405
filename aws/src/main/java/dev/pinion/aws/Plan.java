package dev.pinion.aws;

import dev.pinion.DeploymentOption;
import dev.pinion.aws.Reference.Kind;
import dev.pinion.spi.ValueModel;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The resources of an app on AWS, independent of any deployment tool. Immutable; the same app always gives the same
 * plan.
 *
 * @param prefix the default prefix of all names: the app class's name, valid for every service
 * @param webSockets the APIs, in the order of declaration
 * @param httpApis the HTTP APIs, in the order of declaration
 * @param functions one for each handler, in the order of declaration
 * @param schedules in the order of declaration
 * @param tasks in the order of declaration
 * @param queues in the order of declaration
 * @param eventSources one for each queue with a handler, in the order of declaration
 * @param tables in the order of declaration
 * @param values the configs and secrets, whose values are supplied at deployment, in the order of declaration
 * @param senders what programs outside of the app need to send to a WebSocket's connections or to start a task, by id
 * @param outputs the values to print after a deployment, by group and path
 * @param options the settings that a deployment offers in addition to the usual ones
 * @param alarms what may notify a topic, if the deployment is given one
 * @param warnings where AWS will behave differently from what the program states, each with file and line
 */
public record Plan(
    String prefix,
    List<WebSocketPlan> webSockets,
    List<HttpApiPlan> httpApis,
    List<FunctionPlan> functions,
    List<SchedulePlan> schedules,
    List<TaskPlan> tasks,
    List<QueuePlan> queues,
    List<EventSourcePlan> eventSources,
    List<TablePlan> tables,
    List<ValueModel> values,
    Map<String, Statement.Allow> senders,
    Map<String, Expression.Json> outputs,
    List<DeploymentOption> options,
    List<AlarmPlan> alarms,
    List<String> warnings) {

  /** The most characters of a prefix: it leaves 38 of a function's 64 to what follows it. */
  public static final int LONGEST_PREFIX = 24;

  public Plan {
    webSockets = List.copyOf(webSockets);
    httpApis = List.copyOf(httpApis);
    functions = List.copyOf(functions);
    schedules = List.copyOf(schedules);
    tasks = List.copyOf(tasks);
    queues = List.copyOf(queues);
    eventSources = List.copyOf(eventSources);
    tables = List.copyOf(tables);
    values = List.copyOf(values);
    senders = Collections.unmodifiableMap(new LinkedHashMap<>(senders));
    outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    options = List.copyOf(options);
    alarms = List.copyOf(alarms);
    warnings = List.copyOf(warnings);
  }

  /** Returns the function of a handler. */
  public FunctionPlan function(String handler) {
    return functions.stream().filter(each -> each.handlers().contains(handler)).findFirst().orElseThrow();
  }

  /**
   * Returns a resource as the targets name it: for the function, alias, integration, role or log group of a handler,
   * that of the function that the handler shares with others, and any other resource as it is.
   */
  public Reference shared(Reference resource) {
    return switch (resource.kind()) {
      case FUNCTION, ROLE, LOG_GROUP -> sharing(resource)
          .map(each -> new Reference(resource.kind(), each.path())).orElse(resource);
      case INTEGRATION -> new Reference(
          Kind.INTEGRATION, shared(new Reference(Kind.ALIAS, resource.path())).path());
      case ALIAS -> sharing(resource)
          .map(each -> new Reference(resource.kind(), each.alias(resource.path()).path())).orElse(resource);
      default -> resource;
    };
  }

  private Optional<FunctionPlan> sharing(Reference resource) {
    return functions.stream().filter(each -> each.shared() && each.handlers().contains(resource.path())).findFirst();
  }
}
