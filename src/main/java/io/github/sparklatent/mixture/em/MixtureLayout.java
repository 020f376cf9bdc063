package io.github.sparklatent.mixture.em;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.linalg.Rows;
import io.github.sparklatent.mixture.DiscreteCells;
import io.github.sparklatent.mixture.MixedColumns;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.StudentCells;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import java.io.Serializable;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The places of the sufficient statistics in one vector: those of the Gaussian columns in the layout of
 * {@link StatisticsLayout}, then a histogram k × levels of each discrete column, then k × 7 sums of each column with a
 * t distribution, then the weights of the missing cells, k × d.
 *
 * @param columns the columns
 * @param gaussian layout of the Gaussian columns; of no columns if there are none
 */
public record MixtureLayout(MixedColumns columns, StatisticsLayout gaussian) implements Serializable {
    /** Returns the layout of a mixture. */
    public static MixtureLayout of(MixedMixture mixture) {
        return new MixtureLayout(
                mixture.columns(),
                mixture.gaussian() == null
                        ? new StatisticsLayout(CovarianceType.DIAGONAL, mixture.components(), 0)
                        : StatisticsLayout.of(mixture.gaussian()));
    }

    /** Returns whether all columns have a joint Gaussian distribution. */
    public boolean isGaussian() {
        return gaussian.dimension() == columns.size();
    }

    public int components() {
        return gaussian.components();
    }

    /** Returns the length of the vector as a number that may be above that of any array. */
    public double numbers() {
        double length = gaussian.numbers();
        for (int column : columns.discrete()) {
            length += (double) components() * columns.get(column).levels();
        }
        return length
                + (double) components() * StudentCells.STATISTICS * columns.student().length
                + (double) components() * columns.size();
    }

    public boolean fitsArrays() {
        return gaussian.fitsArrays() && numbers() <= StatisticsLayout.MAX_ARRAY;
    }

    /** Requires that the statistics of some mixtures fit into one array. Throws a DataException if they do not. */
    public void requireArrays(int mixtures) {
        gaussian.requireArrays(mixtures);
        if (!fitsArrays()) {
            throw new DataException(
                    "%d components of %d columns take %.0f numbers, expected at most %d: use fewer components, or columns with fewer categories"
                            .formatted(components(), columns.size(), numbers(), StatisticsLayout.MAX_ARRAY));
        }
    }

    public int length() {
        return missing(components());
    }

    /** Returns the index of the weight of the missing cells of the first column in a component. */
    int missing(int component) {
        return Math.addExact(student(columns.student().length), Math.multiplyExact(component, columns.size()));
    }

    /** Returns the index of the first entry of the histograms of a discrete column. */
    int discrete(int table) {
        int at = gaussian.length();
        int[] discrete = columns.discrete();
        for (int t = 0; t < table; t++) {
            at = Math.addExact(
                    at,
                    Math.multiplyExact(components(), columns.get(discrete[t]).levels()));
        }
        return at;
    }

    /** Returns the index of the first sum of a column with a t distribution. */
    int student(int place) {
        return Math.addExact(
                discrete(columns.discrete().length), Math.multiplyExact(components() * StudentCells.STATISTICS, place));
    }

    /** Returns the histogram of a discrete column in one component; a copy. */
    double[] histogram(double[] statistics, int table, int component) {
        int levels = columns.get(columns.discrete()[table]).levels();
        int from = discrete(table) + component * levels;
        return Arrays.copyOfRange(statistics, from, from + levels);
    }

    /** Returns the sums of a column with a t distribution in one component; a copy. */
    double[] studentSums(double[] statistics, int place, int component) {
        int from = student(place) + component * StudentCells.STATISTICS;
        return Arrays.copyOfRange(statistics, from, from + StudentCells.STATISTICS);
    }

    /**
     * Returns the statistics that rows distributed as a mixture would have, centred at it. The log-likelihood is 0.
     * Missing numbers are completed in the E-step, so that only other cells leave out their share.
     *
     * @param weight total weight of the rows
     * @param rows number of the rows
     */
    public double[] expected(MixedMixture mixture, double weight, double rows) {
        double[] statistics = new double[length()];
        if (mixture.gaussian() != null) {
            double[] ofNumbers = gaussian.expected(mixture.gaussian(), weight);
            System.arraycopy(ofNumbers, 0, statistics, 0, ofNumbers.length);
        }
        statistics[StatisticsLayout.WEIGHT] = weight;
        statistics[StatisticsLayout.ROWS] = rows;
        for (int k = 0; k < components(); k++) {
            double size = weight * mixture.weight(k);
            statistics[StatisticsLayout.SIZES + k] = size;
            double[] missing = Rows.row(mixture.missing(), k);
            int[] discrete = columns.discrete();
            for (int t = 0; t < discrete.length; t++) {
                MixedColumns.Column column = columns.get(discrete[t]);
                double[] levels = DiscreteCells.logDensities(
                        column.family(), Rows.row(mixture.discrete().get(t), k), column.levels());
                Arrays.setAll(levels, x -> StrictMath.exp(levels[x]));
                write(levels, size * (1 - missing[discrete[t]]), statistics, discrete(t) + k * levels.length);
            }
            int[] student = columns.student();
            for (int t = 0; t < student.length; t++) {
                double[] sums = StudentCells.expected(Rows.row(mixture.student().get(t), k));
                write(sums, size * (1 - missing[student[t]]), statistics, student(t) + k * sums.length);
            }
            write(missing, size, statistics, missing(k));
        }
        return statistics;
    }

    private static void write(double[] values, double factor, double[] to, int from) {
        for (int i = 0; i < values.length; i++) {
            to[from + i] = factor * values[i];
        }
    }

    /**
     * Moves statistics that are centred at one mixture, at its means and the locations of t distributions, to another.
     *
     * @param statistics centred at {@code from} before, and at {@code to} after. Modified.
     */
    public void moveCentres(double[] statistics, MixedMixture from, MixedMixture to) {
        if (from.gaussian() != null) {
            DMatrixRMaj deltas = CommonOps_DDRM.subtract(
                    to.gaussian().means(), from.gaussian().means(), null);
            gaussian.moveCentres(statistics, deltas);
        }
        for (int t = 0; t < from.student().size(); t++) {
            for (int k = 0; k < components(); k++) {
                double delta = to.student().get(t).get(k, StudentCells.LOCATION)
                        - from.student().get(t).get(k, StudentCells.LOCATION);
                StudentCells.moveCentre(statistics, student(t) + k * StudentCells.STATISTICS, delta);
            }
        }
    }
}
