/**
 * The comparison of two tables. {@code Profile} describes one table and {@code StabilityIndex} compares two of them,
 * for the registry and for the command {@code drift}. {@code ComparedColumn} finds the columns that two tables share,
 * {@code ColumnDrift} compares the values of one, and {@code DriftPage} shows all.
 */
package io.github.sparklatent.app.drift;
