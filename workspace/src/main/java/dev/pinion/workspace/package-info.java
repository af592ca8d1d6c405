/** Runs inside a user's Maven, and finds Pinion's artifacts for a project, so that they need not be in a repository. */
@org.jspecify.annotations.NullMarked
package dev.pinion.workspace;
