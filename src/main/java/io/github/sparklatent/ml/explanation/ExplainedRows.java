package io.github.sparklatent.ml.explanation;

import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.ml.columns.FeatureValues;
import io.github.sparklatent.ml.columns.TableReading;
import io.github.sparklatent.scoring.ExplainedColumn;
import io.github.sparklatent.scoring.Explanation;
import io.github.sparklatent.scoring.RowExplainer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
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
        private Explanation explanation;
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
                    TableReading.take(explanation().explainer(), given, count);
                    FeatureValues.read(given.get(features), "features", width, row, 0, Invalid.KEEP);
                    System.arraycopy(row, 0, batch, count * width, width);
                    count++;
                }
            }
            if (count > 0) {
                explanation().evaluate(batch, count);
            }
        }

        private Explanation explanation() {
            if (explanation == null) { // most partitions have rows, but few may have anomalies
                explanation = new Explanation(source, columns, scaling);
            }
            return explanation;
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
                List<String> texts = given.getList(given.length() - 2);
                values[values.length - 1] = explanation().of(explained++, texts, most).stream()
                        .map(Explained::row)
                        .toArray();
            }
            return RowFactory.create(values);
        }

        private static Row row(Explanation.Cell cell) {
            return RowFactory.create(
                    cell.column(), cell.contribution(), cell.value(), cell.expected(), cell.low(), cell.high());
        }
    }
}
