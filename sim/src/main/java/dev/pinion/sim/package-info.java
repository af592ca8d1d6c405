/// The local platform: the gateway, and tables on disk that behave like DynamoDB's.
@NullMarked
package dev.pinion.sim;

import org.jspecify.annotations.NullMarked;
