/// What a platform implements to run an app: where its events come from, where sends and rows go.
@NullMarked
package dev.pinion.spi;

import org.jspecify.annotations.NullMarked;
