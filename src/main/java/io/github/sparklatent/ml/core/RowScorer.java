package io.github.sparklatent.ml.core;

import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.columns.FeatureValues;
import io.github.sparklatent.ml.columns.TableReading;
import io.github.sparklatent.scoring.BatchScorer;
import io.github.sparklatent.scoring.RowModel;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Adds a model's columns to the rows of a partition, batch by batch.
 *
 * @param source opens the scorer of a task
 * @param columns columns to add
 * @param features index of the features column
 * @param featuresCol name of the features column
 * @param invalid handling of rows with unusable numbers
 */
public record RowScorer(
        RowModel source, EnumSet<ScoreColumn> columns, int features, String featuresCol, Invalid invalid)
        implements MapPartitionsFunction<Row, Row> {

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        return rows.hasNext() ? new ScoredRows(rows) : rows;
    }

    private final class ScoredRows implements Iterator<Row> {
        private final Iterator<Row> rows;
        private final BatchScorer scorer = source.scorer(columns);
        private final int width = scorer.width();
        private final double[] row = new double[width];
        private final double[] batch = new double[scorer.height() * width];
        private final List<Row> pending = new ArrayList<>(scorer.height());
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
                TableReading.take(scorer, given, pending.size());
                System.arraycopy(row, 0, batch, pending.size() * width, width);
                pending.add(given);
            }
            if (!pending.isEmpty()) {
                scorer.score(batch, pending.size());
            }
        }

        private Row extend(Row given, int index) {
            List<Object> values = new ArrayList<>(given.length() + columns.size());
            for (int i = 0; i < given.length(); i++) {
                values.add(given.get(i));
            }
            for (ScoreColumn column : columns) {
                Object value = scorer.value(column, index);
                values.add(value instanceof double[] numbers ? Vectors.dense(numbers) : value);
            }
            return RowFactory.create(values.toArray());
        }
    }
}
