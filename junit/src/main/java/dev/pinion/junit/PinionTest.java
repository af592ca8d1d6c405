package dev.pinion.junit;

import dev.pinion.App;
import dev.pinion.sim.PermissionMode;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests of an app. Each test of the class gets the app on a local platform of its own: a gateway on a free port, and
 * empty tables in memory. It starts when the first parameter of a test, a {@code @BeforeEach} or an {@code @AfterEach}
 * method asks for it, and is closed after the test:
 *
 * <ul>
 *   <li>a {@link TestClient} is connected, in the order of the parameters; {@link Connect} says how;
 *   <li>a {@link Pinion} has everything else: more clients, tables, the clock.
 * </ul>
 *
 * <p>If a test fails, its failure has the transcript of all clients and the app's log. A test also fails if one of the
 * handlers did what its role does not allow on AWS. Tests may run in parallel.
 *
 * <p>With {@code -Dpinion.target=wss://...} the clients connect to that URL instead, and a test that needs the local
 * platform is aborted. If the app has several WebSockets, write {@code ID=URL}, separated by commas.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(PinionExtension.class)
public @interface PinionTest {

  /** The app. Its class needs a constructor without parameters. */
  Class<? extends App> value();

  /** How long an expectation waits, in milliseconds. Default: 2 seconds. */
  long timeLimitMillis() default 2_000;

  /** Where the chance of faults comes from; 0 for the system property {@code pinion.seed}, or else a random one. */
  long seed() default 0;

  /**
   * The time at which the platform's clock starts, in ISO 8601 as in {@code 2030-05-06T12:00:00Z}, for apps whose
   * schedules or limits depend on the time of day. Default: the system's time. The app's own calls of
   * {@link java.time.Instant#now} do not see it.
   */
  String startsAt() default "";

  /** What happens to operations that the role of their handler does not allow. Default: they fail the test. */
  PermissionMode permissions() default PermissionMode.ENFORCE;
}
