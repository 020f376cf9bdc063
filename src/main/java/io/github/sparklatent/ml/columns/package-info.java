/**
 * Layer 4: from the columns of a table to the features of a model, for all families. Read
 * {@link io.github.sparklatent.ml.columns.TableForm} first: it holds what a model knows of the columns.
 * {@code SchemaColumns} checks columns of a schema, and {@code TableUnits} converts rows of a model back to the units
 * of the table.
 */
package io.github.sparklatent.ml.columns;
