package dev.pinion.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How a {@link TestClient} that is a parameter connects; {@link Pinion#connect} has the same as methods. */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface Connect {

  /** The id of the WebSocket. Needed if the app has several. */
  String webSocket() default "";

  /** Query parameters, such as {@code "token=x"}, not encoded. */
  String[] query() default {};

  /** Headers, such as {@code "Authorization: Bearer x"}. */
  String[] headers() default {};

  /** The subprotocols that the client offers. */
  String[] subprotocols() default {};
}
