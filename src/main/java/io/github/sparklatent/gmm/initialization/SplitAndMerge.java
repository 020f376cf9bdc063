package io.github.sparklatent.gmm.initialization;

import io.github.sparklatent.gmm.model.MixtureFactors;
import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.gmm.model.Posterior;
import io.github.sparklatent.gmm.model.Responsibilities;
import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.linalg.Block;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * A start near a fitted mixture: two components are merged, and one is split by a hyperplane.
 *
 * <p>Ueda, Nakano, Ghahramani and Hinton, SMEM Algorithm for Mixture Models, Neural Computation 2000. Where a fit has
 * two components on one group of rows and one on two groups, no round of EM moves a component over the valley between
 * them. This move does. The components and the direction are drawn, so that a few restarts try different moves.
 *
 * @param responsibilities responsibilities of the start
 * @param centres one centre for each component, k × d
 */
public record SplitAndMerge(Responsibilities responsibilities, DMatrixRMaj centres) {
    /**
     * Drawn directions among which the one of greatest kurtosis is chosen. A few outliers raise the kurtosis of a
     * projection most (Peña and Prieto 2001, Cluster Identification Using Projections).
     */
    private static final int DIRECTIONS = 64;

    /** Deviations from the mean beyond which a row is an outlier of its component. */
    private static final double OUTLIER = 3;

    /**
     * Draws a move whose hyperplane goes through the mean of the component.
     *
     * @param mixture a mixture of at least two components
     */
    public static SplitAndMerge of(MixtureParameters mixture, RandomGenerator random) {
        Merge merge = Merge.of(mixture, random);
        return merge.split(merge.directions(mixture, 1, random).data, 0);
    }

    /**
     * Draws a move that splits off the outliers of a component: the rows far from its mean along the direction of
     * greatest kurtosis. A split through the mean does not isolate a few rows. It traverses the data once.
     *
     * @param mixture a mixture of at least two components
     * @param data rows without missing values
     */
    public static SplitAndMerge ofOutliers(MixtureParameters mixture, RowBlocks data, RandomGenerator random) {
        int d = mixture.dimension();
        Merge merge = Merge.of(mixture, random);
        DMatrixRMaj directions = merge.directions(mixture, DIRECTIONS, random);
        ProjectionMoments.Tail tail = ProjectionMoments.heaviest(data.sums(
                        "GMM K=%d, outliers".formatted(mixture.components()),
                        new ProjectionMoments(merge.merged, merge.component(), merge.origin(), directions))
                .sums());
        int at = tail.direction() * d;
        double[] direction = Arrays.copyOfRange(directions.data, at, at + d);
        double sign = tail.positive() ? 1 : -1;
        for (int j = 0; j < d; j++) {
            direction[j] *= sign;
        }
        return merge.split(direction, sign * tail.mean() + OUTLIER * tail.deviation());
    }

    /**
     * Two merged components, and the part of a group to split.
     *
     * @param merged responsibilities of the k − 1 groups
     * @param centres means of the groups
     * @param part a component of the mixture; its group is split
     */
    private record Merge(OverClustering.MergedResponsibilities merged, DMatrixRMaj centres, int part) {
        static Merge of(MixtureParameters mixture, RandomGenerator random) {
            int k = mixture.components();
            int kept = random.nextInt(k);
            int removed = (kept + 1 + random.nextInt(k - 1)) % k;
            int[] groups = groups(k, Math.min(kept, removed), Math.max(kept, removed));
            Posterior posterior = new Posterior(MixtureFactors.of(mixture));
            OverClustering.MergedResponsibilities merged =
                    new OverClustering.MergedResponsibilities(posterior, groups, k - 1);
            return new Merge(merged, OverClustering.centres(mixture, merged), random.nextInt(k));
        }

        int component() {
            return merged.groups()[part];
        }

        double[] origin() {
            int d = centres.numCols;
            return Arrays.copyOfRange(centres.data, component() * d, (component() + 1) * d);
        }

        /** Draws directions in units of the deviations of the part. */
        DMatrixRMaj directions(MixtureParameters mixture, int count, RandomGenerator random) {
            DMatrixRMaj directions = new DMatrixRMaj(count, mixture.dimension());
            for (int i = 0; i < directions.data.length; i++) {
                double variance = mixture.variance(part, i % mixture.dimension());
                directions.data[i] = random.nextGaussian() / Math.sqrt(variance);
            }
            return directions;
        }

        /**
         * Splits the group.
         *
         * @param offset the rows with direction · (x − mean) above this go to the last component
         */
        SplitAndMerge split(double[] direction, double offset) {
            int d = centres.numCols;
            double[] origin = origin();
            double square = Arrays.stream(direction).map(v -> v * v).sum();
            for (int j = 0; j < d && offset != 0; j++) {
                origin[j] += direction[j] * offset / square;
            }
            DMatrixRMaj all = new DMatrixRMaj(centres.numRows + 1, d);
            System.arraycopy(centres.data, 0, all.data, 0, centres.data.length);
            System.arraycopy(origin, 0, all.data, centres.data.length, d);
            return new SplitAndMerge(new SplitResponsibilities(merged, component(), origin, direction), all);
        }
    }

    /** Returns the group of each component if the second of two joins the first. */
    private static int[] groups(int components, int first, int second) {
        int[] groups = new int[components];
        Arrays.setAll(groups, k -> k == second ? first : k > second ? k - 1 : k);
        return groups;
    }

    /**
     * Responsibilities in which a hyperplane divides the rows of one component. The rows with v · (x − c) above 0 go to
     * a new last component.
     *
     * @param parts responsibilities before the split
     * @param component the component that is split
     * @param origin c, d numbers. Not to be modified.
     * @param direction v, d numbers. Not to be modified.
     */
    record SplitResponsibilities(Responsibilities parts, int component, double[] origin, double[] direction)
            implements Responsibilities {
        @Override
        public int components() {
            return parts.components() + 1;
        }

        @Override
        public Assigner assigner() {
            Assigner assigner = parts.assigner();
            DMatrixRMaj each = new DMatrixRMaj(0, 0);
            return (block, responsibilities, logLikelihoods) -> {
                assigner.assign(block, each, logLikelihoods);
                int n = block.size();
                int last = parts.components() * n;
                responsibilities.reshape(components(), n);
                System.arraycopy(each.data, 0, responsibilities.data, 0, last);
                Arrays.fill(responsibilities.data, last, last + n, 0);
                for (int i = 0; i < n; i++) {
                    if (side(block.rows(), i) > 0) {
                        int at = component * n + i;
                        responsibilities.data[last + i] = responsibilities.data[at];
                        responsibilities.data[at] = 0;
                    }
                }
            };
        }

        private double side(DMatrixRMaj rows, int row) {
            double sum = 0;
            for (int j = 0; j < origin.length; j++) {
                sum += direction[j] * (rows.data[row * origin.length + j] - origin[j]);
            }
            return sum;
        }
    }

    /**
     * Sums of the powers of projections of the rows of one component. A projection is p_nl = v_l · (x_n − c).
     *
     * <pre>
     *   0 .. 4       Σ_n w_n r_n p_n0^m, m = 0 .. 4
     *   5 .. 9       the same of p_n1, and so on
     * </pre>
     *
     * @param responsibilities responsibilities of each row
     * @param component the component
     * @param origin c, d numbers. Not to be modified.
     * @param directions v, L × d. Not to be modified.
     */
    record ProjectionMoments(Responsibilities responsibilities, int component, double[] origin, DMatrixRMaj directions)
            implements Expectation {
        private static final int POWERS = 5;

        /** A direction of heavy tails, with the mean and the deviation of the rows along it. */
        record Tail(int direction, double mean, double deviation, boolean positive) {}

        @Override
        public int length() {
            return POWERS * directions.numRows;
        }

        /**
         * Returns the direction of greatest kurtosis, and the side of its longer tail. The first direction is returned
         * if the component has no weight or no variance.
         */
        static Tail heaviest(double[] sums) {
            Tail heaviest = new Tail(0, 0, 0, true);
            double greatest = 0;
            for (int at = 0; at < sums.length; at += POWERS) {
                double mean = sums[at + 1] / sums[at];
                double second = sums[at + 2] / sums[at];
                double third = sums[at + 3] / sums[at];
                double fourth = sums[at + 4] / sums[at];
                double square = mean * mean;
                double variance = second - square;
                double skewness = third - 3 * mean * second + 2 * mean * square;
                double tails = fourth - 4 * mean * third + 6 * square * second - 3 * square * square;
                double kurtosis = tails / (variance * variance);
                if (kurtosis > greatest) {
                    greatest = kurtosis;
                    heaviest = new Tail(at / POWERS, mean, Math.sqrt(variance), skewness >= 0);
                }
            }
            return heaviest;
        }

        @Override
        public Accumulator accumulator() {
            Sums sums = new Sums();
            return Accumulator.of(sums.statistics, sums::add);
        }

        private final class Sums {
            private final Responsibilities.Assigner assigner = responsibilities.assigner();
            private final DMatrixRMaj shares = new DMatrixRMaj(0, 0);
            private final DMatrixRMaj projections = new DMatrixRMaj(0, 0);
            private final DMatrixRMaj offsets = new DMatrixRMaj(1, directions.numRows);
            private final double[] statistics = new double[length()];
            private double[] logLikelihoods = new double[0];

            Sums() {
                CommonOps_DDRM.multTransB(DMatrixRMaj.wrap(1, origin.length, origin), directions, offsets);
            }

            void add(Block block) {
                int n = block.size();
                if (logLikelihoods.length < n) {
                    logLikelihoods = new double[n];
                }
                assigner.assign(block, shares, logLikelihoods);
                projections.reshape(n, directions.numRows);
                CommonOps_DDRM.multTransB(block.rows(), directions, projections);
                for (int i = 0; i < n; i++) {
                    add(i, block.weight(i) * shares.data[component * n + i]);
                }
            }

            private void add(int row, double weight) {
                for (int l = 0; l < directions.numRows; l++) {
                    double p = projections.data[row * directions.numRows + l] - offsets.data[l];
                    double term = weight;
                    for (int power = 0; power < POWERS; power++) {
                        statistics[l * POWERS + power] += term;
                        term *= p;
                    }
                }
            }
        }
    }
}
