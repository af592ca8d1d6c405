/// What runs inside a Lambda function: events to handlers, tables on DynamoDB, sends on the management API.
@NullMarked
package dev.pinion.lambda;

import org.jspecify.annotations.NullMarked;
