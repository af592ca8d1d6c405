package dev.pinion;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the JSON member that distinguishes the records of a sealed interface (default: {@code type}).
 *
 * <p>A sealed interface that extends this one uses the same member.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Discriminator {
  /** The member's name. No record of the interface may have a component of this name. */
  String value();
}
