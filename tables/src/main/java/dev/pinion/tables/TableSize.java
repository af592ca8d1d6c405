package dev.pinion.tables;

/**
 * How large a table or an index is.
 *
 * @param rows how many rows it has
 * @param bytes the size of the rows, as DynamoDB counts it
 */
public record TableSize(int rows, long bytes) {}
