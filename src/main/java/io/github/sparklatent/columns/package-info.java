/**
 * Layer 1: what the columns of a table are, without Spark. A {@link io.github.sparklatent.columns.ColumnEncoder} writes
 * the values of a column as numbers of a row and reads them back; {@code ColumnEncoders} saves encoders.
 * {@link io.github.sparklatent.columns.Scaling} scales rows. {@code cluster.table.EncodedColumn} has the expressions of
 * Spark that give an encoder its values.
 */
package io.github.sparklatent.columns;
