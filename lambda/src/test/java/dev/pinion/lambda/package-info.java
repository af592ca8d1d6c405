/// Tests of what runs inside a function.
@NullMarked
package dev.pinion.lambda;

import org.jspecify.annotations.NullMarked;
