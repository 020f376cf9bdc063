package io.github.sparklatent.ml.explanation;

import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.ml.columns.FeatureValues;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Replaces the last column of rows, which says whether a row is explained, by the explanation: the columns with the
 * greatest contributions. The column before has the values of the table's columns as texts.
 *
 * @param source opens the explainer of a task
 * @param columns columns of the table
 * @param scaling scaling of the numbers
 * @param features index of the features column
 * @param most greatest number of columns of an explanation
 */
record ExplainedRows(RowExplainer.Source source, List<ExplainedColumn> columns, Scaling scaling, int features, int most)
        implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1L;

    /** Rows that are explained together; their conditional distributions share matrices. */
    private static final int TOGETHER = 64;

    /** Rows that wait for others to be explained with. */
    private static final int WAITING = 1024;

    private static final double LOW = 0.025;
    private static final double HIGH = 0.975;

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        return new Explained(rows);
    }

    private final class Explained implements Iterator<Row> {
        private final Iterator<Row> rows;
        private final int width =
                columns.stream().mapToInt(ExplainedColumn::count).sum();
        private final double[] batch = new double[TOGETHER * width];
        private final double[] row = new double[width];
        private final List<Row> pending = new ArrayList<>();
        private RowExplainer explainer;
        private int next;

        /** Rows of the batch that were returned. */
        private int explained;

        Explained(Iterator<Row> rows) {
            this.rows = rows;
        }

        @Override
        public boolean hasNext() {
            if (next == pending.size() && rows.hasNext()) {
                fill();
            }
            return next < pending.size();
        }

        private void fill() {
            pending.clear();
            next = 0;
            explained = 0;
            int count = 0;
            while (pending.size() < WAITING && count < TOGETHER && rows.hasNext()) {
                Row given = rows.next();
                pending.add(given);
                if (isExplained(given)) {
                    explainer().take(given, count);
                    FeatureValues.read(given.get(features), "features", width, row, 0, Invalid.KEEP);
                    System.arraycopy(row, 0, batch, count * width, width);
                    count++;
                }
            }
            if (count > 0) {
                explainer().evaluate(batch, count);
            }
        }

        private RowExplainer explainer() {
            if (explainer == null) { // most partitions have rows, but few may have anomalies
                explainer = source.open(
                        columns.stream().map(ExplainedColumn::places).toArray(int[][]::new));
            }
            return explainer;
        }

        private boolean isExplained(Row given) {
            return !given.isNullAt(given.length() - 1) && given.getBoolean(given.length() - 1);
        }

        @Override
        public Row next() {
            if (!hasNext()) {
                throw new NoSuchElementException("the partition has no more rows");
            }
            Row given = pending.get(next++);
            Object[] values = new Object[given.length() - 1];
            for (int i = 0; i < values.length - 1; i++) {
                values[i] = given.get(i);
            }
            if (isExplained(given)) {
                values[values.length - 1] = explanation(explained++, given.getList(given.length() - 2));
            }
            return RowFactory.create(values);
        }

        private Object[] explanation(int index, List<String> texts) {
            double[] contributions = new double[columns.size()];
            for (int c = 0; c < contributions.length; c++) {
                contributions[c] = explainer.contribution(index, c);
            }
            return IntStream.range(0, contributions.length)
                    .filter(c -> !Double.isNaN(contributions[c]))
                    .boxed()
                    .sorted(Comparator.comparingDouble(c -> -contributions[c]))
                    .limit(most)
                    .map(c -> cell(index, c, contributions[c], texts.get(c)))
                    .toArray();
        }

        private Row cell(int index, int column, double contribution, String text) {
            ExplainedColumn own = columns.get(column);
            read(index);
            String found = text == null ? decoded(own) : text;
            read(index);
            explainer.expected(index, column, row);
            return RowFactory.create(
                    own.name(),
                    contribution,
                    found,
                    decoded(own),
                    bound(index, column, LOW),
                    bound(index, column, HIGH));
        }

        private String bound(int index, int column, double probability) {
            ExplainedColumn own = columns.get(column);
            if (!own.isNumber()) {
                return null;
            }
            read(index);
            row[own.from()] = explainer.quantile(index, column, own.from(), probability);
            return Double.isNaN(row[own.from()]) ? null : decoded(own);
        }

        private void read(int index) {
            System.arraycopy(batch, index * width, row, 0, width);
        }

        private String decoded(ExplainedColumn column) {
            scaling.invert(row, 0, width);
            return column.text(row);
        }
    }
}
