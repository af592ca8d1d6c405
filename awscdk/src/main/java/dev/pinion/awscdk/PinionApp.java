package dev.pinion.awscdk;

import dev.pinion.App;
import dev.pinion.aws.FunctionPlan;
import dev.pinion.aws.Plan;
import dev.pinion.aws.Reference.Kind;
import dev.pinion.aws.TablePlan;
import dev.pinion.aws.WebSocketPlan;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.services.apigatewayv2.ThrottleSettings;
import software.amazon.awscdk.services.apigatewayv2.WebSocketApi;
import software.amazon.awscdk.services.apigatewayv2.WebSocketStage;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.amazon.awscdk.services.ssm.IParameter;
import software.constructs.Construct;

/**
 * An app of Pinion as a part of a CDK app. Its resources are CDK's own constructs, to be had by the ids that the app
 * gives them and the paths of its handlers. All names are CloudFormation's.
 *
 * <p>A mistake in the app is thrown with its file and line as {@link dev.pinion.DefinitionException} or
 * {@link dev.pinion.aws.PlanException}; what will not be on AWS as the program says is a warning of the construct.
 */
public final class PinionApp extends Construct {
  private final Words words;
  private final Resources resources = new Resources();
  private final Plan plan;

  /**
   * An app with every setting as it is unless told; see {@link Builder}.
   *
   * @param app a class with a constructor without parameters, by which each function makes the app again
   */
  public PinionApp(Construct scope, String id, Class<? extends App> app) {
    this(Builder.create(scope, id, app));
  }

  private PinionApp(Builder builder) {
    super(builder.scope, builder.id);
    AppCode code = builder.app;
    plan = code.plan();
    Given given = new Given(this, id(), plan.values(), builder.given);
    words = new Words(this, resources, given);
    code.warnings().forEach(this::warn);
    TableConstructs tables = new TableConstructs(this, resources);
    ApiConstructs apis = new ApiConstructs(this, words, resources, builder.settings);
    for (TablePlan table : plan.tables()) {
      tables.add(table);
    }
    for (WebSocketPlan webSocket : plan.webSockets()) {
      apis.addApi(webSocket);
    }
    Code shipped = builder.code == null ? code.shipped(this::warn) : AppCode.file(builder.code);
    FunctionConstructs functions = new FunctionConstructs(words, resources, given, shipped, builder.settings);
    for (WebSocketPlan webSocket : plan.webSockets()) {
      for (WebSocketPlan.RoutePlan route : webSocket.routes()) {
        FunctionPlan function = plan.function(route.path());
        functions.add(function, apis.scope(route));
      }
      apis.addRoutes(webSocket);
      CfnOutput.Builder.create(apis.scope(webSocket), "Url")
          .description("Where clients of the WebSocket " + webSocket.path() + " connect to.")
          .value(url(webSocket.path()))
          .build();
    }
    builder.settings.check(id(), plan);
  }

  private String id() {
    return "PinionApp '" + getNode().getId() + "'";
  }

  private void warn(String text) {
    Annotations.of(this).addWarningV2("@pinion/awscdk:" + Ids.digest(text), text);
  }

  /** The function of a handler, such as {@code my-websocket/$connect}. Its role has the app's permissions. */
  public Function function(String handler) {
    return resources.get(Kind.FUNCTION, handler, Function.class);
  }

  /** The alias that API Gateway invokes. Its version has the snapshot from which instances start. */
  public Alias alias(String handler) {
    return resources.get(Kind.ALIAS, handler, Alias.class);
  }

  /** The log group of a handler's function. */
  public LogGroup logGroup(String handler) {
    return resources.get(Kind.LOG_GROUP, handler, LogGroup.class);
  }

  /** The role of a handler's function. */
  public Role role(String handler) {
    return resources.get(Kind.ROLE, handler, Role.class);
  }

  /** The API of a WebSocket. A route that is added to it is deployed with the app's own. */
  public WebSocketApi webSocket(String id) {
    return resources.get(Kind.API, id, WebSocketApi.class);
  }

  /** The stage of a WebSocket. */
  public WebSocketStage stage(String id) {
    return resources.stage(id);
  }

  /** A table. Its default removal policy is CDK's: it is kept when the stack is deleted. */
  public TableV2 table(String id) {
    return resources.get(Kind.TABLE, id, TableV2.class);
  }

  /** Where clients of a WebSocket connect to: {@code wss://…} with the stage. */
  public String url(String webSocket) {
    return output(webSocket, "url");
  }

  /** Where messages are sent to clients of a WebSocket: {@code https://…} with the stage. */
  public String callbackUrl(String webSocket) {
    return output(webSocket, "callbackUrl");
  }

  private String output(String webSocket, String name) {
    resources.get(Kind.API, webSocket, WebSocketApi.class);
    return words.text(Outputs.of(plan, "webSockets", webSocket, name));
  }

  /** Says what is otherwise than usual. Not thread-safe. */
  public static final class Builder {
    private final Construct scope;
    private final String id;
    private final AppCode app;
    private final Map<String, Object> given = new LinkedHashMap<>();
    private final Settings settings = new Settings();
    private @Nullable Path code;

    Builder(Construct scope, String id, AppCode app) {
      this.scope = scope;
      this.id = id;
      this.app = app;
    }

    /** A builder of an app; see {@link PinionApp#PinionApp(Construct, String, Class)}. */
    public static Builder create(Construct scope, String id, Class<? extends App> app) {
      return new Builder(scope, id, AppCode.of(app));
    }

    /**
     * What the functions are made of, as {@code pinion compile -t tf-aws} writes it: the class path of this process
     * without CDK unless told.
     *
     * @param zip a file that ends in {@code .zip} or {@code .jar}; it is shipped as it is
     */
    public Builder code(Path zip) {
      code = zip;
      return this;
    }

    /** Gives a config its value. It may be known only when the stack is deployed. */
    public Builder config(String name, String value) {
      given.put(name, value);
      return this;
    }

    /** Gives a secret: the functions that use it read it when they start, and may read no other. */
    public Builder secret(String name, ISecret secret) {
      given.put(name, secret);
      return this;
    }

    /** Gives a secret that is a parameter of Systems Manager. */
    public Builder secret(String name, IParameter parameter) {
      given.put(name, parameter);
      return this;
    }

    /** Gives a secret by its ARN: of a Secrets Manager secret, or of a parameter of Systems Manager. */
    public Builder secret(String name, String arn) {
      given.put(name, arn);
      return this;
    }

    /** Gives a secret whose ARN is said when the stack is deployed. */
    public Builder secret(String name, CfnParameter arn) {
      given.put(name, arn);
      return this;
    }

    /** The memory of a handler's function in MiB: what the program says, else 512, unless told. */
    public Builder memory(String handler, int mebibytes) {
      settings.memory.put(handler, mebibytes);
      return this;
    }

    /** The functions' processors: {@code ARM_64} unless told. */
    public Builder architecture(Architecture architecture) {
      settings.architecture = architecture;
      return this;
    }

    /** How long logs are kept: 30 days unless told. */
    public Builder logRetention(RetentionDays retention) {
      settings.logRetention = retention;
      return this;
    }

    /** What each WebSocket takes: 10,000 requests a second and 5,000 at once unless told. A limit is at least 1. */
    public Builder throttle(ThrottleSettings throttle) {
      settings.throttle(throttle);
      return this;
    }

    /** The network that the functions are in, for what they reach there. To reach AWS it needs a way out. */
    public Builder vpc(IVpc vpc) {
      settings.vpc = Optional.of(vpc);
      return this;
    }

    /** The subnets of the network: the private ones unless told. */
    public Builder vpcSubnets(SubnetSelection subnets) {
      settings.subnets = Optional.of(subnets);
      return this;
    }

    /** The functions' security groups in the network: a new one each unless told. */
    public Builder securityGroups(List<? extends ISecurityGroup> groups) {
      settings.securityGroups = List.copyOf(groups);
      return this;
    }

    /**
     * Adds the app to its scope.
     *
     * @throws IllegalArgumentException for a setting that does not fit the app, and for a value that is not given
     */
    public PinionApp build() {
      return new PinionApp(this);
    }
  }
}
