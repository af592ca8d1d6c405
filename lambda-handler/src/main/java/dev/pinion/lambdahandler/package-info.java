/** Handlers that were written for AWS Lambda, as handlers of an app. */
@NullMarked
package dev.pinion.lambdahandler;

import org.jspecify.annotations.NullMarked;
