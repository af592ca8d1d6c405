/// The local platform: runs an app's gateways and tables on this machine.
@NullMarked
package dev.pinion.sim;

import org.jspecify.annotations.NullMarked;
