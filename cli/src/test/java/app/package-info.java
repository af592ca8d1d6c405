/// Programs of a user's, as the documentation shows them.
@NullMarked
package app;

import org.jspecify.annotations.NullMarked;
