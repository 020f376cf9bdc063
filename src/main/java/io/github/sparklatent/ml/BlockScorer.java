package io.github.sparklatent.ml;

import io.github.sparklatent.cluster.Shipped;
import io.github.sparklatent.gmm.MixtureDensity;
import io.github.sparklatent.gmm.MixtureFactors;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.ejml.data.DMatrixRMaj;

/** Adds a mixture's columns to the rows of a partition, a block of rows at a time. */
final class BlockScorer implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1L;
    private static final int GREATEST_HEIGHT = 256;

    private final Broadcast<Shipped<MixtureFactors>> factors;
    private final int width;
    private final int features;
    private final String featuresCol;
    private final boolean probability;
    private final boolean prediction;
    private final boolean logDensity;

    /**
     * @param factors of the mixture
     * @param width d
     * @param features index of the features column
     */
    BlockScorer(
            Broadcast<Shipped<MixtureFactors>> factors,
            int width,
            int features,
            MixtureColumnParams<?> params) {
        this.factors = factors;
        this.width = width;
        this.features = features;
        this.featuresCol = params.getFeaturesCol();
        this.probability = !params.getProbabilityCol().isEmpty();
        this.prediction = !params.getPredictionCol().isEmpty();
        this.logDensity = !params.getLogDensityCol().isEmpty();
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        return rows.hasNext() ? new ScoredRows(rows) : rows;
    }

    private final class ScoredRows implements Iterator<Row> {
        private final Iterator<Row> rows;
        private final MixtureDensity density = new MixtureDensity(factors.value().value());
        private final int height = Math.min(GREATEST_HEIGHT, Block.height(width));
        private final DMatrixRMaj block = new DMatrixRMaj(height, width);
        private final List<Row> pending = new ArrayList<>(height);
        private int next;

        ScoredRows(Iterator<Row> rows) {
            this.rows = rows;
        }

        @Override
        public boolean hasNext() {
            return next < pending.size() || rows.hasNext();
        }

        @Override
        public Row next() {
            if (next == pending.size()) {
                fill();
            }
            return extend(pending.get(next), next++);
        }

        private void fill() {
            pending.clear();
            next = 0;
            while (pending.size() < height && rows.hasNext()) {
                Row row = rows.next();
                FeatureValues.read(
                        row.get(features), featuresCol, width, block.data, pending.size() * width);
                pending.add(row);
            }
            block.reshape(pending.size(), width);
            density.evaluate(block);
            block.reshape(height, width);
        }

        private Row extend(Row row, int index) {
            int length = row.length();
            Object[] values = new Object[length + 3];
            for (int i = 0; i < length; i++) {
                values[i] = row.get(i);
            }
            double[] responsibilities = new double[density.responsibilities().numCols];
            System.arraycopy(
                    density.responsibilities().data,
                    index * responsibilities.length,
                    responsibilities,
                    0,
                    responsibilities.length);
            if (probability) {
                values[length++] = Vectors.dense(responsibilities);
            }
            if (prediction) {
                values[length++] = Rows.argMax(responsibilities);
            }
            if (logDensity) {
                values[length++] = density.logDensity(index);
            }
            return RowFactory.create(Arrays.copyOf(values, length));
        }
    }
}
