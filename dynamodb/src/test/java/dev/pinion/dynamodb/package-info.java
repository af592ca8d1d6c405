@NullMarked
package dev.pinion.dynamodb;

import org.jspecify.annotations.NullMarked;
