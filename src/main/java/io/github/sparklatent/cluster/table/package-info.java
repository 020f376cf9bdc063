/**
 * Layer 3: which columns and rows of a table are used.
 *
 * <p>{@link io.github.sparklatent.cluster.table.FeatureColumns} finds the columns. {@code Census}
 * counts and checks every row, {@code CensusCheck} explains what it found, {@code Scaling}
 * standardises.
 */
package io.github.sparklatent.cluster.table;
