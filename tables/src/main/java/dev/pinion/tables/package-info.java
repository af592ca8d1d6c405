/// Tables in a folder of this machine, with DynamoDB's behaviour.
@NullMarked
package dev.pinion.tables;

import org.jspecify.annotations.NullMarked;
