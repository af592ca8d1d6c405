@NullMarked
package dev.pinion.tfaws;

import org.jspecify.annotations.NullMarked;
