/** Puts together what a release consists of, from what the other modules have built. Not part of a release itself. */
@org.jspecify.annotations.NullMarked
package dev.pinion.dist;
