/** Runs inside a user's Maven: lets a project find Pinion's artifacts, which need be in no repository. */
@org.jspecify.annotations.NullMarked
package dev.pinion.workspace;
