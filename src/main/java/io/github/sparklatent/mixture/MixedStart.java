package io.github.sparklatent.mixture;

import io.github.sparklatent.gmm.initialization.KMeansStart;
import io.github.sparklatent.gmm.initialization.MappedRowBlocks;
import io.github.sparklatent.gmm.initialization.RandomRows;
import io.github.sparklatent.gmm.initialization.UsualValues;
import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.SelectedRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * A mixture to start from: each component is placed at a centre of k-means|| of the {@linkplain RowEmbedding embedded}
 * rows, or at a row that was drawn at random. Its numbers have the typical variance of the prior around that place. A
 * discrete distribution is a mean of that of the place and that of the whole table.
 */
record MixedStart(ColumnTotals totals, MixedPrior prior, MixedLayout layout) {
    /** Share of the place in a distribution; the rest is that of the whole table. */
    private static final double OWN = 0.5;

    private static final double OF_CLUSTER = 0.9;
    private static final double LOADING = 0.1;

    /** More clusters than these would take longer to find than the rounds of EM take. */
    private static final int MAX_CLUSTERS = 256;

    /** The place of a component: a number, a count or the shares of levels in each column. */
    private interface Place {
        /** Returns the value of a number or a count; NaN if it is missing. */
        double value(int column);

        /** Returns the distribution of a discrete column, whose values have these shares. */
        double[] histogram(int column, double[] shares);
    }

    /**
     * Returns the start of a restart.
     *
     * @param over says whether the rounds of k-means end early
     * @throws DataException if there are fewer distinct rows than components
     */
    MixedMixture of(RowBlocks data, MixedOptions options, int restart, BooleanSupplier over) {
        int components = layout.components();
        boolean clusters = switch (options.initialization()) {
            case RANDOM_ROWS -> false;
            case VARIED -> restart % 2 == 0 && components <= MAX_CLUSTERS;
            default -> true;
        };
        RowEmbedding embedding = new RowEmbedding(totals);
        RowBlocks embedded = new MappedRowBlocks(data, embedding);
        if (!clusters || !hasRows(embedded, options.seed(), restart)) {
            return at(data, options.seed(), restart);
        }
        DMatrixRMaj centres = new KMeansStart(embedded, components, options.seed(), restart, over).centres();
        List<Place> places = new ArrayList<>();
        for (int k = 0; k < components; k++) {
            places.add(cluster(embedding, MixedMixture.row(centres, k)));
        }
        return mixture(places, key(options.seed(), restart));
    }

    private long key(long seed, int restart) {
        return RandomStreams.key(seed, Purpose.START_ROWS, layout.components(), restart);
    }

    /** Different rows can be embedded at the same place. */
    private boolean hasRows(RowBlocks embedded, long seed, int restart) {
        return embedded.smallest(
                                "mixture K=%d, distinct rows".formatted(layout.components()),
                                new RandomRows(key(seed, restart)),
                                layout.components())
                        .size()
                == layout.components();
    }

    private static Place cluster(RowEmbedding embedding, double[] centre) {
        return new Place() {
            @Override
            public double value(int column) {
                return embedding.value(centre, column);
            }

            @Override
            public double[] histogram(int column, double[] shares) {
                double[] own = embedding.levels(centre, column, shares);
                for (int x = 0; x < own.length; x++) {
                    own[x] = OF_CLUSTER * own[x] + (1 - OF_CLUSTER) * shares[x];
                }
                return own;
            }
        };
    }

    private static Place row(MixedColumns columns, double[] values) {
        return new Place() {
            @Override
            public double value(int column) {
                return values[column];
            }

            @Override
            public double[] histogram(int column, double[] shares) {
                return near(columns.get(column).code(values[column]), shares);
            }
        };
    }

    /** Returns half the shares of a whole column and half of one place, if this is one. */
    private static double[] near(int code, double[] shares) {
        double[] histogram = shares.clone();
        if (code < histogram.length) {
            for (int i = 0; i < histogram.length; i++) {
                histogram[i] *= 1 - OWN;
            }
            histogram[code] += OWN;
        }
        return histogram;
    }

    /**
     * Returns the mixture at rows that are drawn at random.
     *
     * @throws DataException if there are fewer distinct rows than components
     */
    MixedMixture at(RowBlocks data, long seed, int restart) {
        int components = layout.components();
        List<SelectedRow> rows = data.smallest(
                "mixture K=%d, rows to start from".formatted(components),
                new RandomRows(key(seed, restart)),
                components);
        if (rows.size() < components) {
            throw new DataException(
                    "the table has %d distinct rows to train on, but components is %d; expected at least as many rows"
                            .formatted(rows.size(), components));
        }
        return mixture(
                rows.stream().map(row -> row(layout.columns(), row.values())).toList(), key(seed, restart));
    }

    private MixedMixture mixture(List<Place> places, long key) {
        double[] weights = new double[places.size()];
        Arrays.fill(weights, 1.0 / places.size());
        return new MixedMixture(
                layout.columns(),
                weights,
                gaussian(places, weights, key),
                discrete(places),
                student(places),
                missing(places.size()),
                null);
    }

    /** Returns the shares of the whole table for each component. */
    private DMatrixRMaj missing(int components) {
        double[][] shares = new double[components][];
        Arrays.fill(shares, totals.missing());
        return new DMatrixRMaj(shares);
    }

    private double number(Place place, int column) {
        double x = place.value(column);
        return Double.isNaN(x) ? totals.means()[column] : x;
    }

    private MixtureParameters gaussian(List<Place> rows, double[] weights, long key) {
        int[] columns = layout.columns().gaussian();
        if (columns.length == 0) {
            return null;
        }
        int q = columns.length;
        DMatrixRMaj means = new DMatrixRMaj(rows.size(), q);
        for (int k = 0; k < rows.size(); k++) {
            for (int j = 0; j < q; j++) {
                means.set(k, j, number(rows.get(k), columns[j]));
            }
        }
        CovarianceType type = layout.gaussian().type();
        int factors = layout.gaussian().factors();
        RandomGenerator random = RandomStreams.of(key, Purpose.START_ROWS, 1);
        List<DMatrixRMaj> covariances = new ArrayList<>();
        double mean =
                Arrays.stream(columns).mapToDouble(prior::typical).average().orElseThrow();
        for (int m = 0; m < type.matrices(rows.size()); m++) {
            DMatrixRMaj matrix = new DMatrixRMaj(type.rows(rows.size(), q), type.columns(q, factors));
            boolean one = type == CovarianceType.SPHERICAL || type == CovarianceType.PPCA;
            for (int i = 0; i < matrix.numRows; i++) {
                for (int j = 0; j < matrix.numCols; j++) {
                    if (type.isFactored()) {
                        double variance = one ? mean : prior.typical(columns[i]);
                        matrix.set(
                                i, j, j == factors ? variance : LOADING * Math.sqrt(variance) * random.nextGaussian());
                    } else if (!type.isSquare() || i == j) {
                        matrix.set(i, j, one ? mean : prior.typical(columns[j]));
                    }
                }
            }
            covariances.add(matrix);
        }
        return MixtureParameters.of(type, weights, means, covariances);
    }

    private List<DMatrixRMaj> discrete(List<Place> rows) {
        int[] columns = layout.columns().discrete();
        List<DMatrixRMaj> all = new ArrayList<>();
        for (int t = 0; t < columns.length; t++) {
            MixedColumns.Column column = layout.columns().get(columns[t]);
            DMatrixRMaj parameters = new DMatrixRMaj(rows.size(), DiscreteCells.parameters(column));
            double[] shares = totals.shares(t);
            for (int k = 0; k < rows.size(); k++) {
                Place place = rows.get(k);
                double[] histogram = column.family() == CellFamily.CATEGORICAL
                        ? place.histogram(columns[t], shares)
                        : near(column.code(place.value(columns[t])), shares);
                MixedMixtureEm.set(parameters, k, DiscreteCells.fit(column, histogram));
            }
            all.add(parameters);
        }
        return all;
    }

    private List<DMatrixRMaj> student(List<Place> rows) {
        int[] columns = layout.columns().student();
        List<DMatrixRMaj> all = new ArrayList<>();
        for (int column : columns) {
            DMatrixRMaj parameters = new DMatrixRMaj(rows.size(), StudentCells.PARAMETERS);
            for (int k = 0; k < rows.size(); k++) {
                double[] start = {number(rows.get(k), column), prior.typical(column), StudentCells.START_DEGREES};
                MixedMixtureEm.set(parameters, k, start);
            }
            all.add(parameters);
        }
        return all;
    }

    /**
     * Maps rows to complete rows of numbers, on which k-means can find clusters. Each column has the total variance 1:
     * a number is standardised, a count is log(1 + x) standardised, and a level is one of several coordinates. So the
     * centre of a cluster has the shares of the levels of its rows. A missing cell is the mean of its column, and a far
     * number the nearest of the {@linkplain UsualValues usual} ones, so that it is no cluster of its own.
     *
     * <p>Of a column with many levels, the rarest ones share a coordinate.
     */
    private static final class RowEmbedding implements MappedRowBlocks.Mapping {
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

        /** Returns the value of a number or a count at a centre. */
        double value(double[] centre, int column) {
            double value = centre[places[column]] / factors[column] + means[places[column]];
            return columns.get(column).family().isCount() ? Math.max(0, Math.rint(StrictMath.expm1(value))) : value;
        }

        /**
         * Returns the shares of the levels of a category at a centre.
         *
         * @param shares of the whole table, by which levels with the same coordinate are divided. Not modified.
         */
        double[] levels(double[] centre, int column, double[] shares) {
            double[] levels = new double[shares.length];
            double total = 0;
            for (int x = 0; x < levels.length; x++) {
                int c = places[column] + ofLevels[column][x];
                double ofCentre = Math.max(0, centre[c] / factors[column] + means[c]);
                levels[x] = means[c] > 0 ? ofCentre * shares[x] / means[c] : 0;
                total += levels[x];
            }
            for (int x = 0; x < levels.length; x++) {
                levels[x] = total > 0 ? levels[x] / total : shares[x];
            }
            return levels;
        }
    }
}
