package io.github.sparklatent.bench.anomalies;

import io.github.sparklatent.bench.report.NamedRun;
import io.github.sparklatent.mixture.ColumnContributions;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.scoring.KnownScores;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * How often a planted cell is found by the contributions of columns on one table.
 *
 * @param rows rows of the table
 * @param planted rows with a planted cell
 * @param tried rows tried, of which those are left out whose column has no value that is odd there
 * @param first share of the planted cells whose column has the greatest contribution
 * @param three share of the planted cells whose column is among the first three
 * @param likelier share of the planted cells for whose row another column is named first, without which the row is at
 *     least as likely as without the planted one
 * @param firstBySurprisal share of those with the greatest −log p(x_j | the rest), in units of the columns' standard
 *     deviations
 * @param firstInUnits the same in the units of the table
 */
record PlantedRun(
        String name,
        int rows,
        int planted,
        int tried,
        double first,
        double three,
        double likelier,
        double firstBySurprisal,
        double firstInUnits)
        implements NamedRun {
    private static final int PLANTED = 500;
    private static final int VALUES = 200;

    /** A planted value is at least this odd: one row in a thousand has such a value. */
    private static final double ODD = Math.log(1000);

    /** Rows above this share of the scores are not ordinary. */
    private static final double ORDINARY = 0.9;

    static PlantedRun of(String name, PlantedTable table) {
        int known = table.rows().numRows * 2 / 3;
        DMatrixRMaj train = part(table.rows(), 0, known);
        DMatrixRMaj fresh = part(table.rows(), known, table.rows().numRows);
        MixedDensity density = table.density(train);
        double[] freshScores = negative(density.logDensities(fresh));
        double ordinary = KnownScores.of(negative(density.logDensities(train)))
                .with(KnownScores.of(), 1 - ORDINARY)
                .exceededBy(1 - ORDINARY);
        int[] counts = new int[7];
        plant(table, density, train, fresh, freshScores, ordinary, counts);
        return new PlantedRun(
                name,
                table.rows().numRows,
                counts[0],
                counts[1],
                NamedRun.rounded(counts[2] / (double) counts[0]),
                NamedRun.rounded(counts[3] / (double) counts[0]),
                NamedRun.rounded(counts[6] / (double) counts[0]),
                NamedRun.rounded(counts[4] / (double) counts[0]),
                NamedRun.rounded(counts[5] / (double) counts[0]));
    }

    static DMatrixRMaj part(DMatrixRMaj rows, int from, int to) {
        int d = rows.numCols;
        return new DMatrixRMaj(to - from, d, true, Arrays.copyOfRange(rows.data, from * d, to * d));
    }

    static double[] negative(double[] values) {
        return Arrays.stream(values).map(value -> -value).toArray();
    }

    private static void plant(
            PlantedTable table,
            MixedDensity density,
            DMatrixRMaj train,
            DMatrixRMaj fresh,
            double[] scores,
            double ordinary,
            int[] counts) {
        int d = fresh.numCols;
        int[][] groups = IntStream.range(0, d).mapToObj(j -> new int[] {j}).toArray(int[][]::new);
        ColumnContributions found = new ColumnContributions(density, groups);
        Random random = new Random(7);
        DMatrixRMaj values = new DMatrixRMaj(VALUES, d);
        for (int i = 0; i < fresh.numRows && counts[0] < PLANTED; i++) {
            int column = random.nextInt(d);
            if (scores[i] > ordinary || Double.isNaN(fresh.get(i, column))) {
                continue;
            }
            for (int v = 0; v < VALUES; v++) {
                System.arraycopy(fresh.data, i * d, values.data, v * d, d);
                double value = train.get(random.nextInt(train.numRows), column);
                values.set(v, column, Double.isNaN(value) ? fresh.get(i, column) : value);
            }
            found.evaluate(values);
            int least = 0;
            for (int v = 1; v < VALUES; v++) {
                boolean isLess = found.surprisal(v, column) > found.surprisal(least, column);
                least = isLess ? v : least;
            }
            counts[1]++;
            if (found.contribution(least, column) >= ODD) {
                int row = least;
                counts[0]++;
                IntToDoubleFunction surprisal = j -> found.surprisal(row, j);
                int rank = rank(column, d, j -> found.contribution(row, j));
                counts[2] += rank == 0 ? 1 : 0;
                counts[3] += rank < 3 ? 1 : 0;
                int named = first(d, j -> found.contribution(row, j));
                boolean isLikelier = surprisal.applyAsDouble(named) >= surprisal.applyAsDouble(column);
                counts[6] += rank > 0 && isLikelier ? 1 : 0;
                counts[4] += rank(column, d, surprisal) == 0 ? 1 : 0;
                IntToDoubleFunction inUnits = j -> surprisal.applyAsDouble(j) + Math.log(table.deviations()[j]);
                counts[5] += rank(column, d, inUnits) == 0 ? 1 : 0;
            }
        }
    }

    private static int first(int columns, IntToDoubleFunction value) {
        return IntStream.range(0, columns)
                .filter(j -> !Double.isNaN(value.applyAsDouble(j)))
                .boxed()
                .max(Comparator.comparingDouble(value::applyAsDouble))
                .orElseThrow();
    }

    /** Returns how many other columns have at least the same value. */
    private static int rank(int column, int columns, IntToDoubleFunction value) {
        double own = value.applyAsDouble(column);
        return (int) IntStream.range(0, columns)
                .filter(j -> j != column && value.applyAsDouble(j) >= own)
                .count();
    }
}
