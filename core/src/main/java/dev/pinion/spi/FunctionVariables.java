package dev.pinion.spi;

/**
 * The names of the environment variables that configure a compiled function. The plan sets them, and the function's
 * code reads them. A variable for several resources holds a JSON object with the ids of the resources as keys.
 */
public final class FunctionVariables {
  /** The binary name of the app's class. */
  public static final String APP = "PINION_APP";

  /** The path of the handler, such as {@code my-websocket/$connect}, or the id of a schedule, task or queue. */
  public static final String HANDLER = "PINION_HANDLER";

  /** Instead of {@link #HANDLER}, if handlers share the function: its name. */
  public static final String FUNCTION = "PINION_FUNCTION";

  /** If handlers of several resources share the function: the ids of the resources, by the alias of each. */
  public static final String ALIASES = "PINION_ALIASES";

  /** Whether the function writes metrics to its log: {@code on}, or missing. */
  public static final String METRICS = "PINION_METRICS";

  /** The physical names of the tables that the handler uses. */
  public static final String TABLES = "PINION_TABLES";

  /** The {@link #URL} and {@link #CALLBACK} of the WebSockets that the handler uses. */
  public static final String WEB_SOCKETS = "PINION_WEBSOCKETS";

  /** The URLs of the HTTP APIs whose URL the handler uses. */
  public static final String HTTP_APIS = "PINION_HTTP_APIS";

  /** The {@link #ALIAS} of the tasks that the handler starts, and what it needs for a start with a delay. */
  public static final String TASKS = "PINION_TASKS";

  /** The URLs of the queues that the handler sends to. */
  public static final String QUEUES = "PINION_QUEUES";

  /** The values of the configs that the handler uses. */
  public static final String CONFIG = "PINION_CONFIG";

  /** The ARNs of the secrets that the handler uses. */
  public static final String SECRETS = "PINION_SECRETS";

  /** In {@link #WEB_SOCKETS}: the URL that clients connect to. */
  public static final String URL = "url";

  /** In {@link #WEB_SOCKETS}: the URL of the management API. */
  public static final String CALLBACK = "callback";

  /** In {@link #TASKS}: the ARN of the alias that is invoked. */
  public static final String ALIAS = "alias";

  /** In {@link #TASKS}, for starts with a delay: the schedule group. */
  public static final String GROUP = "group";

  /** In {@link #TASKS}, for starts with a delay: the role by which EventBridge Scheduler invokes the alias. */
  public static final String ROLE = "role";

  /** In {@link #TASKS}, for starts with a delay: the ARN of the queue of the dead letters. */
  public static final String DEAD_LETTERS = "deadLetters";

  private FunctionVariables() {}
}
