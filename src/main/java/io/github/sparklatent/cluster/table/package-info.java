/**
 * Layer 3: the columns and rows of a table that are used.
 *
 * <p>{@link io.github.sparklatent.cluster.table.FeatureColumns} finds the columns. {@code TableStatistics} describes
 * every row; {@code UsabilityCheck} turns this into errors and warnings; {@code Scaling} scales the rows.
 */
package io.github.sparklatent.cluster.table;
