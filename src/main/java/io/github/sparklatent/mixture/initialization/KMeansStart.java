package io.github.sparklatent.mixture.initialization;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.em.EmListener;
import io.github.sparklatent.learn.em.EmLoop;
import io.github.sparklatent.learn.em.EmState;
import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.learn.em.ExpectationMaximization;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.RowScore;
import io.github.sparklatent.learn.em.SelectedRow;
import io.github.sparklatent.learn.em.StoppingRule;
import io.github.sparklatent.linalg.Rows;
import io.github.sparklatent.mixture.Responsibilities;
import io.github.sparklatent.mixture.em.StatisticsLayout;
import io.github.sparklatent.mixture.em.WeightedResponsibilities;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;

/**
 * Finds centres by k-means|| and Lloyd's algorithm.
 *
 * <p>Bahmani, Moseley, Vattani, Kumar and Vassilvitskii, Scalable K-Means++, VLDB 2012. A few traversals each draw 2 k
 * candidates by their squared distance to the earlier candidates. One more traversal weights each candidate by the rows
 * nearest to it. Then k-means++ (Arthur and Vassilvitskii 2007) chooses k of the weighted candidates in memory.
 *
 * @param over says whether the rounds of Lloyd's algorithm end early
 */
public record KMeansStart(RowBlocks data, int components, long seed, int restart, BooleanSupplier over) {
    private static final int DRAWS = 2;
    private static final int OVERSAMPLING = 2;
    private static final int LOCAL_ROUNDS = 30;

    /** Most rounds of Lloyd's algorithm. */
    private static final int ROUNDS = 20;

    /**
     * Share of the mean squared distance to the candidates; less gain ends Lloyd's algorithm. EM moves the centres on.
     */
    private static final double TOLERANCE = 1e-3;

    /** Returns the centres, k × d. */
    public DMatrixRMaj centres() {
        List<double[]> candidates = new ArrayList<>();
        draw(0, new RandomRows(key(0)), 1, candidates);
        for (int draw = 1; draw <= DRAWS; draw++) {
            draw(draw, new RandomRows(key(draw), matrix(candidates)), OVERSAMPLING * components, candidates);
        }
        DMatrixRMaj drawn = matrix(candidates);
        double[] sums = data.sums(
                        "k-means|| K=" + components + ", weighing",
                        WeightedResponsibilities.head(new NearestCentre(drawn), drawn.numRows))
                .sums();
        double[] weights = Arrays.copyOfRange(sums, StatisticsLayout.SIZES, sums.length);
        RandomGenerator random = RandomStreams.of(seed, Purpose.CENTRES, components, restart);
        DMatrixRMaj start = new WeightedKMeans(drawn, weights, random).centres(components, LOCAL_ROUNDS);
        KMeans problem = new KMeans(components);
        double least = -TOLERANCE * problem.objective(sums);
        // Without a distance, or if its square overflows, the loop itself ends or says so.
        StoppingRule stopping =
                new StoppingRule(ROUNDS, least > 0 && Double.isFinite(least) ? least : Double.MIN_VALUE);
        return EmLoop.run(problem, data, EmState.start(start), stopping, EmListener.endingWhen(over))
                .model();
    }

    private long key(int draw) {
        return RandomStreams.key(seed, Purpose.CANDIDATES, components, restart, draw);
    }

    private void draw(int draw, RowScore score, int count, List<double[]> candidates) {
        data.smallest("k-means|| K=%d, draw %d of %d".formatted(components, draw, DRAWS), score, count).stream()
                .map(SelectedRow::values)
                .forEach(candidates::add);
    }

    private static DMatrixRMaj matrix(List<double[]> rows) {
        return new DMatrixRMaj(rows.toArray(double[][]::new));
    }

    /**
     * Lloyd's algorithm in the EM loop (Bishop 2006, section 9.1). The model is k × d centres. The objective is minus
     * the mean squared distance to the nearest centre. A centre without rows stays where it is.
     *
     * <p>MLlib's KMeans adds partial sums in the order in which they arrive, so its centres differ in the last bits
     * from run to run. An initialisation from them would not be reproducible.
     */
    public record KMeans(int components) implements ExpectationMaximization<DMatrixRMaj> {
        @Override
        public String description() {
            return "k-means K=" + components;
        }

        @Override
        public Expectation expectation(DMatrixRMaj centres) {
            return new Sums(centres);
        }

        @Override
        public Update<DMatrixRMaj> update(
                DMatrixRMaj centres, double[] sums, RowBlocks data, int reinitialized, boolean last) {
            DMatrixRMaj moved = centres.copy();
            int d = centres.numCols;
            for (int k = 0; k < components; k++) {
                double size = sums[StatisticsLayout.SIZES + k];
                for (int j = 0; j < d && size > 0; j++) {
                    moved.data[k * d + j] += sums[StatisticsLayout.SIZES + components + k * d + j] / size;
                }
            }
            return new Update<>(moved, 0, List.of());
        }

        /** Head, sizes and sums in the layout of {@link StatisticsLayout}; the sums are taken around the centres. */
        private record Sums(DMatrixRMaj centres) implements Expectation {
            @Override
            public Accumulator accumulator() {
                CentreSearch search = new CentreSearch(centres);
                double[] statistics = new double[StatisticsLayout.SIZES + centres.numRows * (1 + centres.numCols)];
                return Accumulator.of(statistics, block -> {
                    search.search(block.rows());
                    int d = block.width();
                    for (int i = 0; i < block.size(); i++) {
                        int k = search.nearest(i);
                        double weight = block.weight(i);
                        statistics[StatisticsLayout.LOG_LIKELIHOOD] -= weight * search.squaredDistance(i);
                        statistics[StatisticsLayout.WEIGHT] += weight;
                        statistics[StatisticsLayout.SIZES + k] += weight;
                        int at = StatisticsLayout.SIZES + centres.numRows + k * d;
                        for (int j = 0; j < d; j++) {
                            statistics[at + j] += weight * (block.rows().data[i * d + j] - centres.data[k * d + j]);
                        }
                    }
                    statistics[StatisticsLayout.ROWS] += block.count();
                });
            }
        }
    }

    /**
     * Greedy k-means++ and Lloyd's algorithm over a few weighted points in memory.
     *
     * <p>Arthur and Vassilvitskii, k-means++: The Advantages of Careful Seeding, SODA 2007. Section 5 has the greedy
     * form: it draws a few points for each centre and keeps the one that leaves the smallest sum of squared distances.
     * With a single draw, about one start in forty misses one of eight groups that are a hundred deviations apart.
     *
     * @param points m × d. Not modified.
     * @param weights m numbers, not negative. Not modified.
     */
    record WeightedKMeans(DMatrixRMaj points, double[] weights, RandomGenerator random) {
        /**
         * Returns the centres, k × d. If there are fewer points than k, the centres are all points, with the first
         * point repeated.
         */
        DMatrixRMaj centres(int k, int rounds) {
            int d = points.numCols;
            DMatrixRMaj centres = new DMatrixRMaj(k, d);
            double[] nearest = new double[points.numRows];
            Arrays.fill(nearest, 1);
            int chosen = choose(nearest);
            Arrays.fill(nearest, Double.POSITIVE_INFINITY);
            nearest = with(chosen, nearest);
            System.arraycopy(points.data, chosen * d, centres.data, 0, d);
            for (int c = 1; c < k; c++) {
                chosen = choose(nearest);
                for (int trial = 1; trial < 2 + (int) StrictMath.log(k); trial++) {
                    int other = choose(nearest);
                    if (potential(with(other, nearest)) < potential(with(chosen, nearest))) {
                        chosen = other;
                    }
                }
                nearest = with(chosen, nearest);
                System.arraycopy(points.data, chosen * d, centres.data, c * d, d);
            }
            boolean moved = true;
            for (int round = 0; round < rounds && moved; round++) {
                moved = move(centres);
            }
            return centres;
        }

        /**
         * Draws an index with a chance proportional to weight times distance; the first index if all of these are 0.
         */
        private int choose(double[] distances) {
            double[] shares = distances.clone();
            Arrays.setAll(shares, i -> weights[i] * distances[i]);
            return Rows.drawn(shares, random.nextDouble() * potential(distances));
        }

        /** Returns the squared distances to the nearest centre if one more point becomes a centre; a new array. */
        private double[] with(int chosen, double[] nearest) {
            double[] distances = new double[nearest.length];
            for (int i = 0; i < distances.length; i++) {
                distances[i] = Math.min(nearest[i], squaredDistance(i, points, chosen));
            }
            return distances;
        }

        private double potential(double[] distances) {
            double sum = 0;
            for (int i = 0; i < distances.length; i++) {
                sum += weights[i] * distances[i];
            }
            return sum;
        }

        private boolean move(DMatrixRMaj centres) {
            int d = points.numCols;
            DMatrixRMaj sums = new DMatrixRMaj(centres.numRows, d);
            double[] sizes = new double[centres.numRows];
            CentreSearch search = new CentreSearch(centres);
            search.search(points);
            for (int i = 0; i < points.numRows; i++) {
                int nearest = search.nearest(i);
                sizes[nearest] += weights[i];
                for (int j = 0; j < d; j++) {
                    sums.data[nearest * d + j] += weights[i] * points.data[i * d + j];
                }
            }
            boolean moved = false;
            for (int c = 0; c < sizes.length; c++) {
                for (int j = 0; j < d && sizes[c] > 0; j++) {
                    double mean = sums.data[c * d + j] / sizes[c];
                    moved |= mean != centres.data[c * d + j];
                    centres.data[c * d + j] = mean;
                }
            }
            return moved;
        }

        private double squaredDistance(int point, DMatrixRMaj centres, int centre) {
            int d = points.numCols;
            double sum = 0;
            for (int j = 0; j < d; j++) {
                double difference = points.data[point * d + j] - centres.data[centre * d + j];
                sum += difference * difference;
            }
            return sum;
        }
    }

    /**
     * Responsibilities of 1 for the nearest centre and 0 for the others. Minus the squared distance takes the place of
     * the log-likelihood.
     *
     * @param centres k × d. Not to be modified.
     */
    public record NearestCentre(DMatrixRMaj centres) implements Responsibilities {
        @Override
        public Assigner assigner() {
            CentreSearch search = new CentreSearch(centres);
            return (block, responsibilities, negatedDistances) -> {
                search.search(block.rows());
                int n = block.size();
                responsibilities.reshape(centres.numRows, n);
                responsibilities.zero();
                for (int i = 0; i < n; i++) {
                    negatedDistances[i] = -search.squaredDistance(i);
                    responsibilities.data[search.nearest(i) * n + i] = 1;
                }
            };
        }
    }
}
