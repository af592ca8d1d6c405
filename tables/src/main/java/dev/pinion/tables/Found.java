package dev.pinion.tables;

import dev.pinion.Item;
import java.util.Optional;

/**
 * What a read of one row has found.
 *
 * @param item the attributes of the row that were asked for; empty if there is no row
 * @param bytes the size of the whole row, as DynamoDB counts it; 0 if there is none
 */
public record Found(Optional<Item> item, int bytes) {}
