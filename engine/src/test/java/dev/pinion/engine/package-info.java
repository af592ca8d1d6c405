/** Tests of the engine. */
@NullMarked
package dev.pinion.engine;

import org.jspecify.annotations.NullMarked;
