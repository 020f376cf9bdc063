/**
 * Floor 4: the spark.ml face. Estimators, models and transformers with spark.ml's params, columns,
 * pipelines and files.
 *
 * <ul>
 *   <li>{@link io.github.sparklatent.ml.GaussianMixture} and {@link
 *       io.github.sparklatent.ml.GaussianMixtureModel} take the place of MLlib's by a change of
 *       import.
 *   <li>{@link io.github.sparklatent.ml.Autoencoder} and {@link
 *       io.github.sparklatent.ml.VariationalAutoencoder} train networks by parameter averaging;
 *       their models add codes, reconstructions and anomaly scores. {@link
 *       io.github.sparklatent.ml.AnomalyEvaluator} lets a CrossValidator choose among them.
 *   <li>{@link io.github.sparklatent.ml.FeatureAssembler} makes the features column out of a raw
 *       table; the first stage of a saved pipeline.
 *   <li>{@link io.github.sparklatent.ml.MixtureEvaluator} lets a CrossValidator choose by the mean
 *       log density of held-out rows.
 * </ul>
 *
 * <p>Params are declared once, in interfaces without fields: a Param equals another of the same
 * owner and name, so a fresh one at each call serves. Models are saved as metadata (JSON) and
 * Parquet. May import: {@code cluster}, the models and below, spark.ml.
 */
package io.github.sparklatent.ml;
