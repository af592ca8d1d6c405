package dev.pinion.tables;

import dev.pinion.Item;
import java.util.Optional;

/**
 * What a write has found, and what it has left.
 *
 * @param before the row before the write
 * @param after the row after it; the same as before it if the condition was not met
 * @param met whether the write's condition was met, and so the write is done
 */
public record Written(Optional<Item> before, Optional<Item> after, boolean met) {}
