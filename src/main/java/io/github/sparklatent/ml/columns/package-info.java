/**
 * Layer 4: from the columns of a table to the features of a model, for all families. Read
 * {@link io.github.sparklatent.ml.columns.TableForm} first: this Transformer combines the columns into one scaled
 * vector, and is the first stage of a saved pipeline. {@code FeatureValues} reads one value of a features column,
 * {@code SchemaColumns} checks columns of a schema, and {@code TableUnits} converts rows of a model back to the units
 * of the table.
 */
package io.github.sparklatent.ml.columns;
