@NullMarked
package dev.pinion.aws;

import org.jspecify.annotations.NullMarked;
