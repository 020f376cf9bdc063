/**
 * Columns of any type as numbers of a row.
 *
 * <p>{@code ColumnSummaries} summarises the columns of a table in one Spark job. {@code ColumnPlanner} decides from
 * them what each column is, with a reason, and gives an encoder for each column that is used: {@code NumberEncoder},
 * {@code CategoryEncoder}, {@code DateEncoder} or {@code ArrayEncoder}. The encoders are saved with a model as plain
 * maps, see {@code ColumnEncoders}. They write a value as numbers and read it back in the type and range of the
 * training rows.
 */
package io.github.sparklatent.cluster.encoding;
