package dev.pinion;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a field that every function instance is meant to keep for itself, such as a cache that may be empty or stale.
 * Pinion does not warn then that a handler changes the field, or what it holds, which on AWS no other instance sees and
 * which is lost when the instance ends.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface PerInstance {}
