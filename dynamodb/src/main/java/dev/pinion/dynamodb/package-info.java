/// DynamoDB's own protocol on an app's local tables.
@NullMarked
package dev.pinion.dynamodb;

import org.jspecify.annotations.NullMarked;
