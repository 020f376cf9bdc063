package io.github.sparklatent.scoring;

import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.columns.Scaling;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Explains the rows of a batch: which columns of the table contribute most to their anomaly scores. */
public final class Explanation {
    private static final double LOW = 0.025;
    private static final double HIGH = 0.975;

    private final List<ExplainedColumn> columns;
    private final Scaling scaling;
    private final RowExplainer explainer;
    private final int width;
    private final double[] row;
    private double[] batch;

    /**
     * The contribution of a column. All values are in the units of the table.
     *
     * @param column name of the column
     * @param contribution contribution in nats, not negative
     * @param value value of the column in the row; none if it is missing
     * @param expected expected value given the other columns
     * @param low lower end of the central 95% of the values given the other columns; none for a column that is no
     *     number, and if the model has no distribution of the column
     * @param high upper end, like {@code low}
     */
    public record Cell(String column, double contribution, Value value, Value expected, Value low, Value high) {}

    /** A value as a text and, in a column of numbers, as a number; both are null if there is none. */
    public record Value(String text, Double number) {}

    /**
     * Opens an explainer.
     *
     * @param source opens the explainer of the model
     * @param columns columns of the table
     * @param scaling scaling of the numbers
     */
    public Explanation(RowExplainer.Source source, List<ExplainedColumn> columns, Scaling scaling) {
        this.columns = columns;
        this.scaling = scaling;
        this.explainer =
                source.open(columns.stream().map(ExplainedColumn::places).toArray(int[][]::new));
        this.width = columns.stream().mapToInt(ExplainedColumn::count).sum();
        this.row = new double[width];
    }

    /** Returns the explainer of the model. */
    public RowExplainer explainer() {
        return explainer;
    }

    /**
     * Evaluates rows.
     *
     * @param rows n × d, scaled, NaN where a value is missing. Not modified, and to stay as it is until the last of
     *     these rows is explained.
     */
    public void evaluate(double[] rows, int n) {
        batch = rows;
        explainer.evaluate(rows, n);
    }

    /**
     * Returns the columns that contribute most, the greatest contribution first.
     *
     * @param index index of the row
     * @param texts values of the columns in the row as texts; null: the value of a column follows from its numbers
     * @param most greatest number of columns
     */
    public List<Cell> of(int index, List<String> texts, int most) {
        double[] contributions = new double[columns.size()];
        read(index);
        scaling.invert(row, 0, width);
        for (int c = 0; c < contributions.length; c++) {
            double least = scaling.kind() == Scale.UNIT ? 0 : columns.get(c).leastContribution(row); // no numbers back
            contributions[c] = Math.max(explainer.contribution(index, c), least);
        }
        return IntStream.range(0, contributions.length)
                .filter(c -> !Double.isNaN(contributions[c]))
                .boxed()
                .sorted(Comparator.comparingDouble(c -> -contributions[c]))
                .limit(most)
                .map(c -> cell(index, c, contributions[c], texts.get(c)))
                .toList();
    }

    private Cell cell(int index, int column, double contribution, String text) {
        ExplainedColumn own = columns.get(column);
        read(index);
        Value found = decoded(own, RoundingMode.HALF_UP);
        read(index);
        for (int place : own.places()) {
            row[place] = explainer.expected(index, column, place);
        }
        return new Cell(
                own.name(),
                contribution,
                text == null ? found : new Value(text, own.number(text)),
                decoded(own, RoundingMode.HALF_UP),
                bound(index, column, LOW, RoundingMode.FLOOR),
                bound(index, column, HIGH, RoundingMode.CEILING));
    }

    /** Returns an end of the interval, rounded outwards: a column may have one value only, which is in the interval. */
    private Value bound(int index, int column, double probability, RoundingMode mode) {
        ExplainedColumn own = columns.get(column);
        if (!own.isNumber()) {
            return new Value(null, null);
        }
        read(index);
        row[own.from()] = explainer.quantile(index, column, own.from(), probability);
        return decoded(own, mode);
    }

    private void read(int index) {
        System.arraycopy(batch, index * width, row, 0, width);
    }

    private Value decoded(ExplainedColumn column, RoundingMode mode) {
        scaling.invert(row, 0, width);
        return new Value(column.text(row, mode), column.number(row));
    }
}
