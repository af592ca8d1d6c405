/// JSON for typed handlers: a strict reader and a compact writer of records.
@NullMarked
package dev.pinion.json;

import org.jspecify.annotations.NullMarked;
