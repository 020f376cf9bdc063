/**
 * Layer 4: the metrics of a trained network over all rows of a table, computed on the workers. Read
 * {@link io.github.sparklatent.ml.network.measure.NetworkMeasures} first. {@code RowComparison} compares rows with
 * drawn rows and reconstructions. {@code NetworkFeatures} maps rows to a hidden layer of another network, on which they
 * are compared.
 */
package io.github.sparklatent.ml.network.measure;
