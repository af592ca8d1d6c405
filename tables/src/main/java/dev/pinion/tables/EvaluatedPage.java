package dev.pinion.tables;

import dev.pinion.spi.Page;

/**
 * A page of a query or scan, and what was read for it.
 *
 * @param page the rows that met the filter, and where the next page starts
 * @param evaluated how many rows were read, before the filter
 * @param bytes the size of these rows, as DynamoDB counts it
 */
public record EvaluatedPage(Page page, int evaluated, long bytes) {}
