/// Tests of the embedded tables, also beside DynamoDB Local.
@NullMarked
package dev.pinion.tables;

import org.jspecify.annotations.NullMarked;
