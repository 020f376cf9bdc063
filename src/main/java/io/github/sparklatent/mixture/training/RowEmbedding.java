package io.github.sparklatent.mixture.training;

import io.github.sparklatent.learn.em.MappedRowBlocks;
import io.github.sparklatent.learn.em.UsualValues;
import io.github.sparklatent.mixture.CellFamily;
import io.github.sparklatent.mixture.ColumnTotals;
import io.github.sparklatent.mixture.MixedColumns;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Maps rows to complete rows of numbers, on which k-means can find clusters. Each column has the total variance 1: a
 * number is standardised, a count is log(1 + x) standardised, and a level is one of several coordinates. So the centre
 * of a cluster has the shares of the levels of its rows. A missing cell is the mean of its column, and a far number the
 * nearest of the {@linkplain UsualValues usual} ones, so that it is no cluster of its own.
 *
 * <p>Of a column with many levels, the rarest ones share a coordinate.
 */
final class RowEmbedding implements MappedRowBlocks.Mapping {
    /** Most coordinates of a column. */
    private static final int MAX_COORDINATES = 64;

    private final MixedColumns columns;
    private final UsualValues usual;

    /** First coordinate of each column, and at the end the number of coordinates. */
    private final int[] places;

    /** Mean of each coordinate before it is scaled. */
    private final double[] means;

    /** Factor of each column. */
    private final double[] factors;

    /** Coordinate of each level within its column; null if a column is no category. */
    private final int[][] ofLevels;

    RowEmbedding(ColumnTotals totals) {
        this.columns = totals.columns();
        this.usual = totals.usual();
        int d = columns.size();
        this.places = new int[d + 1];
        this.factors = new double[d];
        this.ofLevels = new int[d][];
        double[][] shares = new double[d][];
        for (int j = 0; j < d; j++) {
            int table = MixedColumns.place(columns.discrete(), j);
            boolean isNumber = table < 0 || columns.get(j).family() == CellFamily.HISTOGRAM;
            shares[j] = isNumber ? null : totals.shares(table);
            boolean category = columns.get(j).family() == CellFamily.CATEGORICAL;
            int count = category ? Math.min(shares[j].length, MAX_COORDINATES) : 1;
            places[j + 1] = places[j] + count;
            ofLevels[j] = category ? coordinates(shares[j], count) : null;
        }
        this.means = new double[places[d]];
        for (int j = 0; j < d; j++) {
            double variance = totals.spread(j);
            if (ofLevels[j] != null) {
                variance = 1;
                for (int x = 0; x < shares[j].length; x++) {
                    means[places[j] + ofLevels[j][x]] += shares[j][x];
                }
                for (int c = places[j]; c < places[j + 1]; c++) {
                    variance -= means[c] * means[c];
                }
            } else if (shares[j] != null) {
                variance = 0;
                for (int x = 0; x < shares[j].length; x++) {
                    means[places[j]] += shares[j][x] * StrictMath.log1p(x);
                    variance += shares[j][x] * StrictMath.log1p(x) * StrictMath.log1p(x);
                }
                variance -= means[places[j]] * means[places[j]];
            } else {
                means[places[j]] = totals.means()[j];
            }
            factors[j] = variance > 1e-12 ? 1 / Math.sqrt(variance) : 1;
        }
    }

    private static int[] coordinates(double[] shares, int count) {
        int[] order = IntStream.range(0, shares.length)
                .boxed()
                .sorted(Comparator.comparingDouble(x -> -shares[x]))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] places = new int[shares.length];
        for (int rank = 0; rank < order.length; rank++) {
            places[order[rank]] = Math.min(rank, count - 1);
        }
        return places;
    }

    @Override
    public int width() {
        return means.length;
    }

    @Override
    public void map(double[] rows, int from, double[] mapped, int to) {
        Arrays.fill(mapped, to, to + means.length, 0);
        for (int j = 0; j < factors.length; j++) {
            double x = rows[from + j];
            if (Double.isNaN(x)) {
                continue;
            }
            int at = to + places[j];
            if (ofLevels[j] == null) {
                boolean count = columns.get(j).family().isCount();
                double value = count ? StrictMath.log1p(x) : usual.nearest(j, x);
                mapped[at] = factors[j] * (value - means[places[j]]);
            } else {
                for (int c = places[j]; c < places[j + 1]; c++) {
                    mapped[to + c] = -factors[j] * means[c];
                }
                mapped[at + ofLevels[j][(int) x]] += factors[j];
            }
        }
    }

    /** Returns the cells of a centre, d numbers: of numbers and counts; NaN of categories. */
    double[] cells(double[] centre) {
        double[] cells = new double[factors.length];
        for (int j = 0; j < cells.length; j++) {
            double value = centre[places[j]] / factors[j] + means[places[j]];
            cells[j] = ofLevels[j] != null
                    ? Double.NaN
                    : columns.get(j).family().isCount() ? Math.max(0, Math.rint(StrictMath.expm1(value))) : value;
        }
        return cells;
    }
}
