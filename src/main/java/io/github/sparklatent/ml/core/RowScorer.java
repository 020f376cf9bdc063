package io.github.sparklatent.ml.core;

import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.cluster.table.RowNumbers;
import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.columns.UsableNumbers;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.columns.TableReading;
import io.github.sparklatent.ml.explanation.Explanations;
import io.github.sparklatent.scoring.BatchScorer;
import io.github.sparklatent.scoring.ExplainedColumn;
import io.github.sparklatent.scoring.Explanation;
import io.github.sparklatent.scoring.ReferenceRows;
import io.github.sparklatent.scoring.RowExplainer;
import io.github.sparklatent.scoring.RowModel;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Adds a model's columns to the rows of a partition, batch by batch; see {@link Scoring}.
 *
 * @param source opens the scorer of a task
 * @param ofModel columns that the model computes
 * @param features makes the features of a row from its cells
 * @param counter counts the values of all rows, behind which it adds a row with the counts as a last cell; null: none
 *     does
 * @param further places of the cells that the model reads besides the features
 * @param cells number of cells that a row keeps, before the added ones
 * @param added the added columns
 * @param known the reference rows; nothing is compared without them
 * @param by the column by which rows compare
 * @param explained how rows are explained; null: they are not
 */
record RowScorer(
        RowModel source,
        Set<ScoreColumn> ofModel,
        Features features,
        Drift.Counter counter,
        int[] further,
        int cells,
        OutputColumns added,
        ReferenceRows known,
        ScoreColumn by,
        Explained explained)
        implements MapPartitionsFunction<Row, Row> {
    /**
     * Makes the features of a row.
     *
     * @param columns the columns, for messages
     * @param numbers reads their numbers
     * @param width d, the number of features of the model
     */
    record Features(FeatureColumns columns, RowNumbers numbers, Scaling scaling, int width, Invalid invalid)
            implements Serializable {
        /**
         * Makes the features of a row.
         *
         * @param found number of numbers that the row has
         * @param raw d numbers as the table has them. Not modified.
         * @param scaled receives d features. Modified.
         * @return whether the row can be used; if not, it is to be left out
         * @throws DataException if it has another width, or cannot be used and is not to be left out
         */
        boolean read(Row row, int found, double[] raw, double[] scaled) {
            if (found < 0) {
                return invalid != Invalid.KEEP
                        && leftOut("a vector or an array of the features %s is null".formatted(columns.columns()));
            }
            requireWidth(columns, found, width);
            if (!areUsable(raw)) {
                return false;
            }
            System.arraycopy(raw, 0, scaled, 0, width);
            scaling.apply(scaled, 0, width);
            return areUsable(scaled);
        }

        static void requireWidth(FeatureColumns columns, int found, int width) {
            if (found != width) {
                throw new DataException(
                        "the features %s have %d numbers, expected %d (the width the model was fitted on)"
                                .formatted(columns.columns(), found, width));
            }
        }

        private boolean areUsable(double[] row) {
            boolean some = width == 0;
            for (int j = 0; j < width; j++) {
                if (UsableNumbers.isUsable(row[j])) {
                    some = true;
                } else if (invalid == Invalid.SKIP) {
                    return false; // without making the sentence
                } else if (invalid == Invalid.ERROR || !Double.isNaN(row[j])) {
                    return leftOut("features column \"%s\" has %s, expected a finite number"
                            .formatted(columns.featureNames(width).get(j), UsableNumbers.text(row[j])));
                }
            }
            return some;
        }

        private boolean leftOut(String sentence) {
            if (invalid != Invalid.SKIP) {
                throw new DataException(sentence + "; set the Param handleInvalid to skip to leave out these rows");
            }
            return false;
        }
    }

    /**
     * The explanations of rows.
     *
     * @param source opens the explainer of a task
     * @param columns columns of the table
     * @param texts places of the cells that are their values; −1: the value follows from the numbers
     * @param place place of the explanation in a scored row
     */
    record Explained(RowExplainer.Source source, List<ExplainedColumn> columns, int[] texts, int place)
            implements Serializable {
        /** Rows that are explained together; their conditional distributions share matrices. */
        private static final int TOGETHER = 64;

        /** Rows that wait for others to be explained with. */
        private static final int WAITING = 1024;
    }

    private static List<String> texts(Row row, int[] places) {
        return Arrays.stream(places)
                .mapToObj(place -> place < 0 || row.isNullAt(place) ? null : String.valueOf(row.get(place)))
                .toList();
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        return new ScoredRows(rows);
    }

    private final class ScoredRows implements Iterator<Row> {
        /** A row that waits for its explanation. */
        private record Odd(Row given, Object[] values) {}

        private final Iterator<Row> rows;
        private final int width = features.width();
        private final double[] raw = new double[width];
        private final double[] row = new double[width];
        private final List<Row> read = new ArrayList<>();
        private final List<Object[]> scored = new ArrayList<>();
        private final List<Odd> waiting = new ArrayList<>();
        private BatchScorer scorer;
        private double[] table;
        private double[] batch;
        private Explanation explanation;
        private double[] odd;
        private final double[] counts = counter == null ? null : counter.none();
        private final boolean isCompared = added.isCompared();
        private Row last;
        private int next;

        ScoredRows(Iterator<Row> rows) {
            this.rows = rows;
        }

        @Override
        public boolean hasNext() {
            while (next == scored.size() && rows.hasNext()) {
                fill();
            }
            if (next == scored.size() && counter != null && last != null) {
                scored.add(counted());
                last = null;
            }
            return next < scored.size();
        }

        /** Returns a row with the counts. Its other cells are of no use, but some must not be null. */
        private Object[] counted() {
            Object[] values = cells(last);
            int at = cells;
            for (ScoreColumn column : added.names().keySet()) {
                values[at++] = OutputColumns.nothing(column);
            }
            Arrays.fill(values, at, values.length, Vectors.zeros(0));
            if (added.compared() != null) {
                values[values.length - 2] = 0.0;
            }
            values[values.length - 1] = counts;
            return values;
        }

        private Object[] cells(Row given) {
            Object[] values = new Object[cells + added.count() + (counter == null ? 0 : 1)];
            for (int i = 0; i < cells; i++) {
                values[i] = given.get(i);
            }
            return values;
        }

        @Override
        public Row next() {
            if (!hasNext()) {
                throw new NoSuchElementException("the partition has no more rows");
            }
            return RowFactory.create(scored.get(next++));
        }

        private void fill() {
            if (scorer == null) {
                scorer = source.scorer(ofModel);
                table = new double[scorer.height() * width];
                batch = new double[table.length];
            }
            scored.clear();
            next = 0;
            do {
                readBatch();
                if (!read.isEmpty()) {
                    scorer.score(batch, read.size());
                    for (int i = 0; i < read.size(); i++) {
                        scored.add(scored(read.get(i), i));
                    }
                }
            } while (!waiting.isEmpty() && scored.size() < Explained.WAITING && rows.hasNext());
            explain();
        }

        private void readBatch() {
            read.clear();
            while (read.size() < scorer.height() && rows.hasNext()) {
                Row given = rows.next();
                int found = features.numbers().read(given, raw);
                last = given;
                if (counter != null) {
                    counter.add(counts, given, raw, found);
                }
                if (features.read(given, found, raw, row)) {
                    String flaw = scorer.flaw(row);
                    if (flaw != null) {
                        throw new DataException(
                                "features %s: %s".formatted(features.columns().columns(), flaw));
                    }
                    take(scorer, given, read.size());
                    System.arraycopy(raw, 0, table, read.size() * width, width);
                    System.arraycopy(row, 0, batch, read.size() * width, width);
                    read.add(given);
                }
            }
        }

        /** Gives a row to a scorer or an explainer that reads more than the features. */
        private void take(Object reader, Row given, int index) {
            if (reader instanceof TableReading reading) {
                reading.take(texts(given, further), index);
            }
        }

        /** Returns the cells of a row of the batch; its explanation is added when there are some to explain. */
        private Object[] scored(Row given, int index) {
            Object[] values = cells(given);
            System.arraycopy(batch, index * width, row, 0, width);
            double compared = isCompared ? known.compared((double) scorer.value(by, index), row) : 0;
            boolean isOdd = isCompared
                    && !Double.isNaN((double) scorer.value(ScoreColumn.ANOMALY, index))
                    && !(compared <= added.threshold());
            int at = cells;
            for (ScoreColumn column : added.names().keySet()) {
                values[at++] = switch (column) {
                    case SEVERITY -> known.scores().percentile(compared);
                    case IS_ANOMALY -> isOdd;
                    case CONTRIBUTIONS -> null;
                    default -> value(column, index);
                };
            }
            if (added.features() != null) {
                values[at++] = Vectors.dense(row.clone());
            }
            if (added.compared() != null) {
                values[at] = compared;
            }
            if (explained != null && (isOdd || !added.names().containsKey(ScoreColumn.IS_ANOMALY))) {
                await(given, values);
            }
            return values;
        }

        private Object value(ScoreColumn column, int index) {
            Object value = scorer.value(column, index);
            if (!(value instanceof double[] numbers)) {
                return value;
            }
            boolean isRow = column == ScoreColumn.RECONSTRUCTION || column == ScoreColumn.IMPUTED;
            return Vectors.dense(isRow ? inUnits(column, index, numbers) : numbers);
        }

        /** Returns a row in the units of the table. No value that was observed is rounded. */
        private double[] inUnits(ScoreColumn column, int index, double[] numbers) {
            double[] units = numbers.clone();
            features.scaling().invert(units, 0, width);
            for (int j = 0; j < width && column == ScoreColumn.IMPUTED; j++) {
                units[j] = numbers[j] == row[j] ? table[index * width + j] : units[j];
            }
            return units;
        }

        private void await(Row given, Object[] values) {
            if (explanation == null) { // most partitions have rows, but few may have anomalies
                explanation = new Explanation(explained.source(), explained.columns(), features.scaling());
                odd = new double[Explained.TOGETHER * width];
            }
            take(explanation.explainer(), given, waiting.size());
            System.arraycopy(row, 0, odd, waiting.size() * width, width);
            waiting.add(new Odd(given, values));
            if (waiting.size() == Explained.TOGETHER) {
                explain();
            }
        }

        private void explain() {
            if (waiting.isEmpty()) {
                return;
            }
            explanation.evaluate(odd, waiting.size());
            for (int i = 0; i < waiting.size(); i++) {
                List<String> texts = texts(waiting.get(i).given(), explained.texts());
                waiting.get(i).values()[explained.place()] =
                        Explanations.cells(explanation.of(i, texts, added.explained()));
            }
            waiting.clear();
        }
    }
}
