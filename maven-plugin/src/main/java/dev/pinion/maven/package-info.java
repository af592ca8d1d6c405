/** Runs, compiles and explains an app from its Maven project, with the code of Pinion's command. */
@org.jspecify.annotations.NullMarked
package dev.pinion.maven;
