/// The interfaces that a platform implements to run an app, and the app's model.
@NullMarked
package dev.pinion.spi;

import org.jspecify.annotations.NullMarked;
