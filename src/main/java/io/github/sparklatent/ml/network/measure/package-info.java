/**
 * Layer 4: the metrics of a trained network over all rows of a table, computed on the workers. Read
 * {@link io.github.sparklatent.ml.network.measure.NetworkMeasures} first. {@code RowComparison} compares rows with
 * drawn rows and reconstructions, also on a hidden layer of another network.
 */
package io.github.sparklatent.ml.network.measure;
