package dev.pinion.spi;

/**
 * The names of the environment variables that configure a compiled function. The plan sets them, and the function's
 * code reads them. A variable for several resources holds a JSON object with the ids of the resources as keys.
 */
public final class FunctionVariables {
  /** The binary name of the app's class. */
  public static final String APP = "PINION_APP";

  /** The path of the handler that the function runs, such as {@code my-websocket/$connect}, or a schedule's id. */
  public static final String HANDLER = "PINION_HANDLER";

  /** The physical names of the tables that the handler uses. */
  public static final String TABLES = "PINION_TABLES";

  /** The {@link #URL} and {@link #CALLBACK} of the WebSockets that the handler uses. */
  public static final String WEB_SOCKETS = "PINION_WEBSOCKETS";

  /** The values of the configs that the handler uses. */
  public static final String CONFIG = "PINION_CONFIG";

  /** The ARNs of the secrets that the handler uses. */
  public static final String SECRETS = "PINION_SECRETS";

  /** In {@link #WEB_SOCKETS}: the URL that clients connect to. */
  public static final String URL = "url";

  /** In {@link #WEB_SOCKETS}: the URL of the management API. */
  public static final String CALLBACK = "callback";

  private FunctionVariables() {}
}
