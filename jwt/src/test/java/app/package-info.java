/** Apps that use the module as their authors do. */
@NullMarked
package app;

import org.jspecify.annotations.NullMarked;
