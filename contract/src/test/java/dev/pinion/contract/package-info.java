/// What each back end must do, as abstract tests: a back end's module has a subclass of each that starts the back end.
@NullMarked
package dev.pinion.contract;

import org.jspecify.annotations.NullMarked;
