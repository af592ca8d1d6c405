/** The {@code pinion} command: runs an app from its sources on the developer's machine. */
@org.jspecify.annotations.NullMarked
package dev.pinion.cli;
