/// Apps as users write them, for tests of functions.
@NullMarked
package app;

import org.jspecify.annotations.NullMarked;
