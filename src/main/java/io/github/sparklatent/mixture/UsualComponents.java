package io.github.sparklatent.mixture;

import io.github.sparklatent.linalg.Rows;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * Tells the components of usual rows from those of errors that repeat, such as the date 1970-01-01 in 50 rows or a
 * price in cents. A mixture describes such rows by components of their own, under which they are not anomalous.
 *
 * <p>Groups of usual rows differ in the combination of their values, but each value is one that other groups have, too.
 * So a component has errors if it has a column whose typical value is practically impossible in the others: if less
 * than 3% of the rows are in components in which three of 10,000 values are as unusual. If such components have 3% of
 * the rows or more, the column divides the rows into many small groups, and tells nothing.
 */
public final class UsualComponents {
    private static final double MIN_SHARE = 0.03;
    private static final double MIN_PROBABILITY = 3e-4;

    private final MixedMixture mixture;
    private final MixedColumns columns;

    /** Null if there are no discrete columns. */
    private final MixedDensity density;

    private UsualComponents(MixedMixture mixture) {
        this.mixture = mixture;
        this.columns = mixture.columns();
        this.density = columns.discrete().length == 0 ? null : new MixedDensity(mixture);
    }

    /**
     * Returns the weights of the components in the anomaly score, of sum 1: 0 for those of errors that repeat. If usual
     * components have less than half of the rows, all count.
     */
    public static double[] weights(MixedMixture mixture) {
        UsualComponents components = new UsualComponents(mixture);
        double[] weights = mixture.weights();
        for (int j = 0; j < components.columns.size(); j++) {
            int column = j;
            int[] unusual = IntStream.range(0, weights.length)
                    .filter(k -> components.share(column, k) < MIN_SHARE)
                    .toArray();
            if (Arrays.stream(unusual).mapToDouble(mixture::weight).sum() < MIN_SHARE) {
                Arrays.stream(unusual).forEach(k -> weights[k] = 0);
            }
        }
        double sum = Arrays.stream(weights).sum();
        boolean areAll = sum < 0.5 || Arrays.equals(weights, mixture.weights());
        return areAll
                ? mixture.weights()
                : Arrays.stream(weights).map(weight -> weight / sum).toArray();
    }

    /** Returns the share of the rows in components that can have the typical value of one; no more than is asked. */
    private double share(int column, int component) {
        double share = mixture.weight(component);
        for (int k = 0; k < mixture.components() && share < MIN_SHARE; k++) {
            share += k != component && probability(column, component, k) >= MIN_PROBABILITY ? mixture.weight(k) : 0;
        }
        return share;
    }

    /** Returns the probability in a component of values at least as unusual as the typical value of another one. */
    private double probability(int column, int typical, int component) {
        int table = MixedColumns.place(columns.discrete(), column);
        if (table >= 0) {
            MixedColumns.Column cells = columns.get(column);
            double[] own = Rows.row(mixture.discrete().get(table), typical);
            int level = cells.bins() == null
                    ? (int) Math.min(cells.levels() - 1, Math.rint(DiscreteCells.expected(cells, own)))
                    : Rows.argMax(own);
            double[] logs = Rows.row(density.table(table), component);
            return IntStream.range(0, logs.length)
                    .filter(v -> logs[v] <= logs[level])
                    .mapToDouble(v -> StrictMath.exp(
                            logs[v] - (cells.bins() == null ? 0 : cells.bins().logDensity(v))))
                    .sum();
        }
        int place = MixedColumns.place(columns.gaussian(), column);
        if (place >= 0) {
            DMatrixRMaj means = mixture.gaussian().means();
            double distance = means.get(typical, place) - means.get(component, place);
            return StrictMath.exp(LogTails.chiSquare(
                    1, distance * distance / mixture.gaussian().variance(component, place)));
        }
        double[] own = Rows.row(mixture.parameters(column), component);
        double distance = mixture.parameters(column).get(typical, StudentCells.LOCATION) - own[StudentCells.LOCATION];
        return StrictMath.exp(
                LogTails.student(own[StudentCells.DEGREES], distance / Math.sqrt(own[StudentCells.SCALE])));
    }
}
