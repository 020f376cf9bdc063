/**
 * Layer 2: measures of generated rows against real rows, without Spark. {@code ColumnShapes} and {@code PairTrends}
 * compare distributions as SDMetrics (version 0.32, DataCebo) defines them. {@code ClosestRecords} and
 * {@code CopyMeasures} find models that copy their training rows. {@code ComparedRows} holds the rows. May import:
 * {@code learn}, {@code linalg}.
 */
package io.github.sparklatent.metrics.synthesis;
