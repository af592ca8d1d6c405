package dev.pinion.junit;

import dev.pinion.App;
import dev.pinion.sim.PermissionMode;
import dev.pinion.sim.Simulator;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Parameter;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** What {@link PinionTest} does: starts the app of each test, connects its clients, and checks it afterwards. */
final class PinionExtension
    implements BeforeAllCallback, ParameterResolver, AfterEachCallback, TestExecutionExceptionHandler,
    LifecycleMethodExecutionExceptionHandler {
  private static final Namespace OWN = Namespace.create(PinionExtension.class);

  /** Starts the inspection of the app's code, so that it runs beside the first test. */
  @Override
  public void beforeAll(ExtensionContext context) {
    PinionTest test = annotation(context);
    boolean local = System.getProperty(DeployedTarget.PROPERTY, "").isEmpty();
    if (local && test.permissions() != PermissionMode.OFF) Simulator.inspectAhead(() -> create(test.value()));
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == TestClient.class || type == Pinion.class;
  }

  @Override
  public Object resolveParameter(ParameterContext context, ExtensionContext extension) {
    if (extension.getTestMethod().isEmpty()) {
      throw new ParameterResolutionException(
          "each test has an app of its own: a TestClient or a Pinion can be a parameter of a test, of @BeforeEach and"
              + " of @AfterEach, but not of a constructor, @BeforeAll or @AfterAll");
    }
    try {
      Pinion pinion = pinion(extension);
      return context.getParameter().getType() == Pinion.class ? pinion : client(pinion, context);
    } catch (AssertionFailedError rejected) {
      throw once(context, rejected);
    } catch (RuntimeException wrong) {
      boolean isAnswer = wrong.getStackTrace().length > 0
          && wrong.getStackTrace()[0].getClassName().startsWith("dev.pinion.");
      throw isAnswer ? once(context, wrong) : wrong;
    }
  }

  private static TestClient client(Pinion pinion, ParameterContext context) {
    Parameter parameter = context.getParameter();
    ClientHandshake handshake =
        context.findAnnotation(Connect.class).map(ClientHandshake::of).orElseGet(ClientHandshake::new);
    return pinion.connect(parameter.isNamePresent() ? handshake.as(parameter.getName()) : handshake);
  }

  /** Returns a failure with the test's line; JUnit would repeat the whole text in another one. */
  private static ParameterResolutionException once(ParameterContext context, Throwable failure) {
    var once = new ParameterResolutionException(String.valueOf(failure.getMessage()));
    SourceLine.of(context.getDeclaringExecutable())
        .ifPresent(line -> once.setStackTrace(new StackTraceElement[] {line}));
    return once;
  }

  private static Pinion pinion(ExtensionContext context) {
    Pinion started = started(context);
    if (started != null) return started;
    PinionTest test = annotation(context);
    PinionBuilder builder = Pinion.of(create(test.value()))
        .timeLimit(Duration.ofMillis(test.timeLimitMillis())).permissions(test.permissions());
    if (test.seed() != 0) builder.seed(test.seed());
    if (!test.startsAt().isEmpty()) builder.startsAt(time(test.startsAt()));
    values(context, builder);
    Pinion pinion = builder.start();
    context.getStore(OWN).put(Pinion.class, pinion);
    return pinion;
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new ExtensionConfigurationException(
          "startsAt = \"" + text + "\" of @PinionTest is no time: write one as \"2030-05-06T12:00:00Z\"");
    }
  }

  private static @Nullable Pinion started(ExtensionContext context) {
    return context.getStore(OWN).get(Pinion.class, Pinion.class);
  }

  private static void values(ExtensionContext context, PinionBuilder builder) {
    context.getParent().ifPresent(parent -> values(parent, builder));
    context.getElement().ifPresent(element -> values(element, builder));
  }

  private static void values(AnnotatedElement element, PinionBuilder builder) {
    for (ConfigValue each : element.getAnnotationsByType(ConfigValue.class)) builder.value(each.id(), each.value());
  }

  private static PinionTest annotation(ExtensionContext context) {
    Optional<PinionTest> found = Optional.empty();
    for (@Nullable Class<?> type = context.getRequiredTestClass(); type != null && found.isEmpty(); type =
        type.getEnclosingClass()) {
      found = Optional.ofNullable(type.getAnnotation(PinionTest.class));
    }
    return found.orElseThrow(
        () -> new ExtensionConfigurationException(context.getRequiredTestClass() + " has no @PinionTest"));
  }

  private static App create(Class<? extends App> type) {
    try {
      Constructor<? extends App> constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (InvocationTargetException e) {
      throw new ExtensionConfigurationException(type.getName() + " cannot be created", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new ExtensionConfigurationException(
          type.getName() + " cannot be created: its class needs a constructor without parameters. With others, start"
              + " the app in the test: Pinion.of(new " + type.getSimpleName() + "(...)).start()",
          e);
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Pinion pinion = started(context);
    if (pinion != null) pinion.close();
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
    throw explained(context, failure);
  }

  @Override
  public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
    throw explained(context, failure);
  }

  @Override
  public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
    throw explained(context, failure);
  }

  /** Adds the transcript and the log to a failure that lacks them: one of another library's, or an exception. */
  private static Throwable explained(ExtensionContext context, Throwable failure) {
    Pinion pinion = started(context);
    boolean explained =
        failure instanceof TestAbortedException || String.valueOf(failure.getMessage()).contains(Failures.CLIENTS);
    if (pinion != null && !explained) failure.addSuppressed(new Explanation(pinion.failures().appendix()));
    return failure;
  }

  /** What the clients and the app did before a failure. */
  private static final class Explanation extends Exception {
    private static final long serialVersionUID = 1L;

    Explanation(String text) {
      super("before this failure:\n" + text, null, false, false);
    }
  }
}
