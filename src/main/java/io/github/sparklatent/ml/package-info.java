/**
 * Floor 4: the spark.ml face. Estimators, models and transformers with spark.ml's params, columns,
 * pipelines and files.
 *
 * <ul>
 *   <li>{@link io.github.sparklatent.ml.mixture.GaussianMixture} and {@link
 *       io.github.sparklatent.ml.mixture.GaussianMixtureModel} take the place of MLlib's by a change of
 *       import.
 *   <li>{@link io.github.sparklatent.ml.network.Autoencoder} and {@link
 *       io.github.sparklatent.ml.network.VariationalAutoencoder} train networks by parameter averaging;
 *       their models add codes, reconstructions and anomaly scores. {@link
 *       io.github.sparklatent.ml.evaluation.AnomalyEvaluator} lets a CrossValidator choose among them.
 *   <li>{@link io.github.sparklatent.ml.network.MixtureVariationalAutoencoder}, {@link
 *       io.github.sparklatent.ml.network.VariationalDeepEmbedding} and {@link
 *       io.github.sparklatent.ml.network.ClusteringVariationalAutoencoder} find components in the codes:
 *       their models add prediction and probability too, and draw rows of one component. In two
 *       steps the same is a pipeline of a variational autoencoder and a mixture of its latent
 *       column.
 *   <li>{@link io.github.sparklatent.ml.network.GenerativeAdversarialNetwork} and {@link
 *       io.github.sparklatent.ml.network.AdversarialVariationalAutoencoder} learn to make rows against a
 *       discriminator.
 *   <li>{@link io.github.sparklatent.ml.columns.FeatureAssembler} makes the features column out of a raw
 *       table; the first stage of a saved pipeline.
 *   <li>{@link io.github.sparklatent.ml.evaluation.MixtureEvaluator} lets a CrossValidator choose by the mean
 *       log density of held-out rows.
 * </ul>
 *
 * <p>All networks share {@link io.github.sparklatent.ml.network.NetworkEstimator} and {@link
 * io.github.sparklatent.ml.network.NetworkModel}; which columns, networks and losses a class has follows
 * from the params that it implements.
 *
 * <p>Params are declared once, in interfaces without fields: a Param equals another of the same
 * owner and name, so a fresh one at each call serves. Models are saved as metadata (JSON) and
 * Parquet. May import: {@code cluster}, the models and below, spark.ml.
 */
package io.github.sparklatent.ml;
