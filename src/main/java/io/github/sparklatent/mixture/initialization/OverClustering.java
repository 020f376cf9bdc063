package io.github.sparklatent.mixture.initialization;

import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.Responsibilities;
import io.github.sparklatent.mixture.initialization.MutualInformation.EntropyExpectation;
import io.github.sparklatent.mixture.initialization.MutualInformation.EntropyExpectation.Pair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Merges the components of a mixture pair by pair until a given number of groups is left. Each step merges the two
 * groups whose merging loses least of the mutual information of row and group ({@link MutualInformation}), the first
 * pair among equals. Parts of one cluster overlap, so merging them loses almost nothing. Merging separate clusters
 * loses the information that separates them.
 *
 * <p>The first traversal of the data measures all pairs. Each later one measures the pairs of the group that was merged
 * last.
 */
public final class OverClustering {
    private final MixedDensity parts;
    private final RowBlocks data;

    /** The group of each part. */
    private final int[] groups;

    private int count;

    /** Share of the rows and mean term of each group, and mean term of each pair of groups. */
    private double[] shares;

    private double[] terms;
    private double[][] pairTerms;

    private OverClustering(MixedDensity parts, RowBlocks data) {
        this.parts = parts;
        this.data = data;
        this.count = parts.components();
        this.groups = new int[count];
        this.shares = new double[count];
        this.terms = new double[count];
        this.pairTerms = new double[count][count];
        List<Pair> all = new ArrayList<>();
        for (int a = 0; a < count; a++) {
            groups[a] = a;
            for (int b = a + 1; b < count; b++) {
                all.add(new Pair(a, b));
            }
        }
        measure(all);
    }

    /**
     * Returns the responsibilities of the groups.
     *
     * @param count number of groups, at most the number of components
     */
    public static MergedResponsibilities merge(MixedDensity parts, RowBlocks data, int count) {
        OverClustering clustering = new OverClustering(parts, data);
        while (clustering.count > count) {
            clustering.merge(clustering.cheapest());
        }
        return clustering.merged();
    }

    /** Returns the means of the groups, k × d; NaN in columns that are not Gaussian. */
    public static DMatrixRMaj centres(MixedMixture mixture, MergedResponsibilities merged) {
        int d = mixture.columns().size();
        int[] gaussian = mixture.columns().gaussian();
        DMatrixRMaj centres = new DMatrixRMaj(merged.components(), d);
        centres.fill(Double.NaN);
        for (int i = 0; i < merged.components() * gaussian.length; i++) {
            centres.set(i / gaussian.length, gaussian[i % gaussian.length], 0);
        }
        double[] weights = new double[merged.components()];
        for (int c = 0; c < mixture.components(); c++) {
            // Any centre will do for a group without weight, but it must not be NaN.
            weights[merged.groups()[c]] += Math.max(mixture.weight(c), Double.MIN_NORMAL);
        }
        for (int c = 0; c < mixture.components(); c++) {
            int group = merged.groups()[c];
            double share = Math.max(mixture.weight(c), Double.MIN_NORMAL) / weights[group];
            for (int j = 0; j < gaussian.length; j++) {
                centres.data[group * d + gaussian[j]] +=
                        share * mixture.gaussian().means().get(c, j);
            }
        }
        return centres;
    }

    private MergedResponsibilities merged() {
        return new MergedResponsibilities(parts, groups.clone(), count);
    }

    private void measure(List<Pair> pairs) {
        EntropyExpectation expectation = new EntropyExpectation(merged(), count, pairs);
        String description = "mixture, %d components to be merged".formatted(count);
        double[] sums = data.sums(description, expectation).sums();
        for (int k = 0; k < count; k++) {
            shares[k] = sums[EntropyExpectation.sizes() + k] / sums[0];
            terms[k] = sums[expectation.terms() + k] / sums[0];
        }
        for (int p = 0; p < pairs.size(); p++) {
            Pair pair = pairs.get(p);
            double term = sums[expectation.pairTerms() + p] / sums[0];
            pairTerms[pair.first()][pair.second()] = term;
            pairTerms[pair.second()][pair.first()] = term;
        }
    }

    private Pair cheapest() {
        Pair best = null;
        double least = Double.POSITIVE_INFINITY;
        for (int a = 0; a < count; a++) {
            for (int b = a + 1; b < count; b++) {
                double cost = cost(a, b);
                if (best == null || cost < least) {
                    least = cost;
                    best = new Pair(a, b);
                }
            }
        }
        return best;
    }

    /** Returns the mutual information that is lost if two groups are merged; not negative except for rounding. */
    private double cost(int a, int b) {
        double apart = information(shares[a], terms[a]) + information(shares[b], terms[b]);
        return apart - information(shares[a] + shares[b], pairTerms[a][b]);
    }

    /** Returns the term of one group in the mutual information I. */
    private static double information(double share, double term) {
        return MutualInformation.term(share) - term;
    }

    private void merge(Pair pair) {
        int removed = pair.second();
        for (int part = 0; part < groups.length; part++) {
            if (groups[part] == removed) {
                groups[part] = pair.first();
            } else if (groups[part] > removed) {
                groups[part]--;
            }
        }
        count--;
        double[][] remaining = new double[count][count];
        for (int a = 0; a < count; a++) {
            for (int b = 0; b < count; b++) {
                remaining[a][b] = pairTerms[a < removed ? a : a + 1][b < removed ? b : b + 1];
            }
        }
        pairTerms = remaining;
        shares = new double[count];
        terms = new double[count];
        List<Pair> changed = new ArrayList<>();
        for (int other = 0; other < count; other++) {
            if (other != pair.first()) {
                changed.add(new Pair(pair.first(), other));
            }
        }
        measure(changed);
    }

    /**
     * Responsibilities of groups of components: each is the sum over the components of the group.
     *
     * @param parts responsibilities of the components
     * @param groups the group of each component, 0, 1, ... without gaps. Not to be modified.
     * @param components number of groups
     */
    public record MergedResponsibilities(Responsibilities parts, int[] groups, int components)
            implements Responsibilities {
        @Override
        public Assigner assigner() {
            Assigner assigner = parts.assigner();
            DMatrixRMaj each = new DMatrixRMaj(0, 0);
            return (block, responsibilities, logLikelihoods) -> {
                assigner.assign(block, each, logLikelihoods);
                int n = block.size();
                responsibilities.reshape(components, n);
                Arrays.fill(responsibilities.data, 0, components * n, 0);
                for (int part = 0; part < groups.length; part++) {
                    for (int i = 0; i < n; i++) {
                        responsibilities.data[groups[part] * n + i] += each.data[part * n + i];
                    }
                }
            };
        }
    }
}
