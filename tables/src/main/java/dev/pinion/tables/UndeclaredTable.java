package dev.pinion.tables;

/**
 * A table that the app does not declare any longer, whose rows are kept.
 *
 * @param id the table's id
 * @param key its key in words
 * @param rows its rows
 */
record UndeclaredTable(String id, String key, SortedRows rows) {}
