package io.github.sparklatent.mixture.initialization;

import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.DoubleFunctions;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.Responsibilities;
import java.io.Serializable;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * The mutual information of row and component in nats, with r̄ the mean of the responsibilities r_n and H the entropy:
 *
 * <pre>
 *   I = H(r̄) − mean H(r_n)  =  Σ_k φ(r̄_k) − mean φ(r_nk),   φ(t) = −t log t
 * </pre>
 *
 * I is 0 if the responsibilities of all rows are the same. It is log k if all components have the same size and each
 * row has one certain component. If a fit splits one group of rows and covers two others with one component, the
 * likelihood may rise, but I falls: rows of the split group are uncertain, and nothing separates the two merged groups
 * (Bridle, Heading and MacKay, Unsupervised Classifiers, Mutual Information and 'Phantom Targets', 1992).
 */
public final class MutualInformation {
    private MutualInformation() {}

    /** Returns the mutual information of a data set under a mixture, in one traversal. */
    public static double of(MixedDensity density, RowBlocks data) {
        int components = density.components();
        EntropyExpectation expectation = new EntropyExpectation(density, components, List.of());
        double[] sums = data.sums("mutual information, K=%d".formatted(components), expectation)
                .sums();
        double information = 0;
        for (int k = 0; k < components; k++) {
            information +=
                    term(sums[EntropyExpectation.sizes() + k] / sums[0]) - sums[expectation.terms() + k] / sums[0];
        }
        return information;
    }

    /** Returns φ(t) = −t log t, and 0 at 0. */
    static double term(double share) {
        return share > 0 ? -share * StrictMath.log(share) : 0;
    }

    /**
     * The sums behind the mutual information of row and component, and behind its value if two components were merged.
     * With φ(t) = −t log t:
     *
     * <pre>
     *   0             Σ_n w_n
     *   1 ..          Σ_n w_n r_nk                   k
     *   1 + k ..      Σ_n w_n φ(r_nk)                k
     *   1 + 2 k ..    Σ_n w_n φ(r_na + r_nb)         one number for each pair (a, b)
     * </pre>
     *
     * @param responsibilities r, responsibilities of each row
     * @param components k
     * @param pairs pairs of different components
     */
    record EntropyExpectation(Responsibilities responsibilities, int components, List<Pair> pairs)
            implements Expectation {
        /** Indices of two components. */
        record Pair(int first, int second) implements Serializable {}

        /** Returns the index of the first size. */
        static int sizes() {
            return 1;
        }

        /** Returns the index of the first term of a component. */
        int terms() {
            return 1 + components;
        }

        /** Returns the index of the first term of a pair. */
        int pairTerms() {
            return 1 + 2 * components;
        }

        @Override
        public Accumulator accumulator() {
            Sums sums = new Sums();
            return Accumulator.of(sums.statistics, sums::add);
        }

        private final class Sums {
            private final Responsibilities.Assigner assigner = responsibilities.assigner();
            private final DMatrixRMaj shares = new DMatrixRMaj(0, 0);
            private final double[] statistics = new double[pairTerms() + pairs.size()];
            private double[] logLikelihoods = new double[0];
            private double[] share = new double[0];
            private double[] logarithm = new double[0];

            void add(Block block) {
                int n = block.size();
                if (share.length < n) {
                    logLikelihoods = new double[n];
                    share = new double[n];
                    logarithm = new double[n];
                }
                assigner.assign(block, shares, logLikelihoods);
                for (int i = 0; i < n; i++) {
                    statistics[0] += block.weight(i);
                }
                for (int k = 0; k < components; k++) {
                    System.arraycopy(shares.data, k * n, share, 0, n);
                    for (int i = 0; i < n; i++) {
                        statistics[sizes() + k] += block.weight(i) * share[i];
                    }
                    statistics[terms() + k] += term(block);
                }
                for (int p = 0; p < pairs.size(); p++) {
                    int first = pairs.get(p).first() * n;
                    int second = pairs.get(p).second() * n;
                    for (int i = 0; i < n; i++) {
                        share[i] = shares.data[first + i] + shares.data[second + i];
                    }
                    statistics[pairTerms() + p] += term(block);
                }
            }

            /** Returns Σ w φ over the rows of a block, with φ(0) = 0. */
            private double term(Block block) {
                int n = block.size();
                DoubleFunctions.log(share, 0, logarithm, 0, n);
                double sum = 0;
                for (int i = 0; i < n; i++) {
                    sum -= share[i] > 0 ? block.weight(i) * share[i] * logarithm[i] : 0;
                }
                return sum;
            }
        }
    }
}
