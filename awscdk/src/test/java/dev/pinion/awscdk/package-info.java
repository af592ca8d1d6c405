@NullMarked
package dev.pinion.awscdk;

import org.jspecify.annotations.NullMarked;
