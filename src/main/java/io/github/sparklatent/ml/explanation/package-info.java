/**
 * Layer 4: which columns of a table explain that a row is an anomaly. {@code Explanations} adds them to scored rows;
 * {@code ExplainedColumn} is a column of the table with the numbers that a model reads of it. Models give a
 * {@link io.github.sparklatent.scoring.RowExplainer}; {@code DensityExplainer} is that of mixtures and linear models.
 */
package io.github.sparklatent.ml.explanation;
