/** Tests of the gateway: each starts a real server on a free port and speaks raw protocol to it. */
@NullMarked
package dev.pinion.gateway;

import org.jspecify.annotations.NullMarked;
