package dev.pinion.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The value of a config or a secret, for all tests of a class or for one. A value of the method replaces one of the
 * class. The environment and {@code .env} are not looked at. A deployed app keeps its own values.
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(ConfigValue.All.class)
public @interface ConfigValue {

  /** The id of the config or secret. */
  String id();

  /** Its value. */
  String value();

  /** Several values. The compiler writes it. */
  @Documented
  @Inherited
  @Target({ElementType.TYPE, ElementType.METHOD})
  @Retention(RetentionPolicy.RUNTIME)
  @interface All {

    /** The values. */
    ConfigValue[] value();
  }
}
