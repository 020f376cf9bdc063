package io.github.sparklatent.ml.core;

import io.github.sparklatent.cluster.reduce.Shipped;
import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.config.ScoreColumn;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.columns.FeatureValues;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Adds a model's columns to the rows of a partition, batch by batch.
 *
 * @param source opens the scorer of a task
 * @param features index of the features column
 * @param featuresCol name of the features column
 * @param invalid handling of rows with unusable numbers
 * @param comparison how the anomaly scores of rows with missing cells become comparable; null: they stay as they are
 */
public record RowScorer(Source source, int features, String featuresCol, Invalid invalid, Comparison comparison)
        implements MapPartitionsFunction<Row, Row> {

    /** Opens the scorer of a task from broadcast data. */
    public interface Source extends Serializable {
        /** Returns a new scorer. */
        BatchScorer open();
    }

    /**
     * The comparison of rows with missing cells.
     *
     * @param scores distributions that the tasks of a process share
     * @param source opens scorers that add the anomaly only
     * @param place place of the anomaly among the added columns
     */
    record Comparison(Broadcast<Shipped<PatternScores>> scores, Source source, int place) implements Serializable {}

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        return rows.hasNext() ? new ScoredRows(rows) : rows;
    }

    private final class ScoredRows implements Iterator<Row> {
        private final Iterator<Row> rows;
        private final BatchScorer scorer = source.open();
        private final int width = scorer.width();
        private final double[] row = new double[width];
        private final double[] batch = new double[scorer.height() * width];
        private final List<Row> pending = new ArrayList<>(scorer.height());
        private PatternScores.Worker patterns;
        private int next;

        ScoredRows(Iterator<Row> rows) {
            this.rows = rows;
        }

        @Override
        public boolean hasNext() {
            while (next == pending.size() && rows.hasNext()) {
                fill();
            }
            return next < pending.size();
        }

        @Override
        public Row next() {
            if (!hasNext()) {
                throw new NoSuchElementException("the partition has no more rows");
            }
            return extend(pending.get(next), next++);
        }

        private void fill() {
            pending.clear();
            next = 0;
            while (pending.size() < scorer.height() && rows.hasNext()) {
                Row given = rows.next();
                if (!FeatureValues.read(given.get(features), featuresCol, width, row, 0, invalid)) {
                    continue;
                }
                String flaw = scorer.flaw(row);
                if (flaw != null) {
                    throw new DataException("features column \"%s\": %s".formatted(featuresCol, flaw));
                }
                scorer.take(given, pending.size());
                System.arraycopy(row, 0, batch, pending.size() * width, width);
                pending.add(given);
            }
            if (!pending.isEmpty()) {
                scorer.score(batch, pending.size());
            }
        }

        private Row extend(Row given, int index) {
            List<Object> values = new ArrayList<>(given.length() + ScoreColumn.values().length);
            for (int i = 0; i < given.length(); i++) {
                values.add(given.get(i));
            }
            scorer.addTo(values, index);
            if (comparison != null) {
                int place = given.length() + comparison.place();
                values.set(place, compared(given, index, (double) values.get(place)));
            }
            return RowFactory.create(values.toArray());
        }

        private double compared(Row given, int index, double score) {
            boolean isComplete = true;
            for (int j = index * width; j < (index + 1) * width; j++) {
                isComplete &= !Double.isNaN(batch[j]);
            }
            if (isComplete) {
                return score;
            }
            if (patterns == null) {
                patterns = comparison
                        .scores()
                        .value()
                        .value()
                        .worker(comparison.source().open());
            }
            return patterns.compared(given, batch, index * width, score);
        }
    }
}
