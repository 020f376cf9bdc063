/**
 * Layer 4: measures of scored tables, for all families. {@link io.github.sparklatent.ml.evaluation.MixtureEvaluator}
 * and {@link io.github.sparklatent.ml.evaluation.AnomalyEvaluator} are spark.ml Evaluators, by which a
 * {@code CrossValidator} chooses a model; read them first. {@code LabelMeasures} compares components and scores with a
 * label, {@code TrainedTable.LogJacobian} corrects log densities for the scaling, and {@code ShownRows} collects the
 * few rows that a report shows. {@code WeightedSum} gives the same bits for every order of the rows.
 */
package io.github.sparklatent.ml.evaluation;
