/**
 * Tests of apps with JUnit: each test has the app on the local platform, with clients, tables and a clock of its own.
 * Begin at {@link dev.pinion.junit.PinionTest}.
 */
@NullMarked
package dev.pinion.junit;

import org.jspecify.annotations.NullMarked;
