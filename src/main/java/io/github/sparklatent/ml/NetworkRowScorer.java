package io.github.sparklatent.ml;

import io.github.sparklatent.cluster.RowCheck;
import io.github.sparklatent.cluster.Shipped;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.vae.NetworkScorer;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.TrainedNetwork;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.ejml.data.FMatrixRMaj;

/** Adds a network's columns to the rows of a partition, a batch of rows at a time. */
final class NetworkRowScorer implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1L;
    private static final int HEIGHT = 128;

    private final Broadcast<Shipped<TrainedNetwork>> network;
    private final ScoringOptions options;
    private final int features;
    private final String featuresCol;
    private final NetworkColumns columns;

    /**
     * @param features index of the features column
     * @param featuresCol its name
     * @param columns to be made
     */
    NetworkRowScorer(
            Broadcast<Shipped<TrainedNetwork>> network,
            ScoringOptions options,
            int features,
            String featuresCol,
            NetworkColumns columns) {
        this.network = network;
        this.options = options;
        this.features = features;
        this.featuresCol = featuresCol;
        this.columns = columns;
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        return rows.hasNext() ? new ScoredRows(rows) : rows;
    }

    private final class ScoredRows implements Iterator<Row> {
        private final Iterator<Row> rows;
        private final NetworkScorer scorer = network.value().value().scorer(HEIGHT, options);
        private final RowCheck check = LikelihoodCheck.of(network.value().value()).ofHeldOut();
        private final int width = scorer.width();
        private final double[] row = new double[width];
        private final FMatrixRMaj batch = new FMatrixRMaj(HEIGHT, width);
        private final BatchColumns made = new BatchColumns(columns, scorer, HEIGHT);
        private final List<Row> pending = new ArrayList<>(HEIGHT);
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
            batch.reshape(HEIGHT, width);
            while (pending.size() < HEIGHT && rows.hasNext()) {
                Row given = rows.next();
                FeatureValues.read(given.get(features), featuresCol, width, row, 0);
                requireFit();
                for (int j = 0; j < width; j++) {
                    batch.data[pending.size() * width + j] = (float) row[j];
                }
                pending.add(given);
            }
            batch.reshape(pending.size(), width);
            made.score(batch);
        }

        private void requireFit() {
            String flaw = check.flaw(row);
            if (flaw != null) {
                throw new DataException("features column \"%s\": %s".formatted(featuresCol, flaw));
            }
        }

        private Row extend(Row given, int index) {
            List<Object> values = new ArrayList<>(given.length() + columns.names().size());
            for (int i = 0; i < given.length(); i++) {
                values.add(given.get(i));
            }
            made.addTo(values, index);
            return RowFactory.create(values.toArray());
        }
    }
}
