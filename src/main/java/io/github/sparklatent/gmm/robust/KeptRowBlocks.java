package io.github.sparklatent.gmm.robust;

import io.github.sparklatent.gmm.model.MixtureFactors;
import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.gmm.model.RankedDensities;
import io.github.sparklatent.gmm.robust.DensityQuantile.DensityThreshold;
import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.learn.em.ReducedSums;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.RowScore;
import io.github.sparklatent.learn.em.RowWeights;
import io.github.sparklatent.learn.em.SelectedRow;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The rows of greatest density under a fit. Each traversal finds them again in the blocks, so nothing is copied or
 * kept.
 *
 * @param data all rows
 * @param factors the fit, with factorised covariances
 * @param threshold lowest density of the rows that are kept
 * @param rows number of these rows
 */
public record KeptRowBlocks(RowBlocks data, MixtureFactors factors, DensityThreshold threshold, long rows)
        implements RowBlocks {
    /**
     * Leaves out the rows of lowest density.
     *
     * @param fit the fit of the densities
     * @param trim share of the total weight that is left out
     */
    public static KeptRowBlocks of(RowBlocks data, MixtureParameters fit, double trim) {
        MixtureFactors factors = MixtureFactors.of(fit);
        DensityQuantile quantile = new DensityQuantile(data, "robust fit, densities of the rows");
        DensityThreshold threshold = quantile.of(factors, trim, TrimmedEm.typicalLogDensity(fit, factors));
        return new KeptRowBlocks(data, factors, threshold, 0).among(data);
    }

    /** Returns the rows of other data that are kept. */
    public KeptRowBlocks among(RowBlocks others) {
        KeptRowBlocks kept = new KeptRowBlocks(others, factors, threshold, others.rows());
        return new KeptRowBlocks(
                others, factors, threshold, (long) RowWeights.of(kept).rows());
    }

    @Override
    public int width() {
        return data.width();
    }

    @Override
    public boolean isComplete() {
        return data.isComplete();
    }

    @Override
    public ReducedSums sums(String description, Expectation expectation) {
        return data.sums(description, new OfKept(expectation, factors, threshold));
    }

    @Override
    public List<SelectedRow> smallest(String description, RowScore score, int count) {
        return data.smallest(description, new KeptScore(score, factors, threshold), count);
    }

    private record OfKept(Expectation expectation, MixtureFactors factors, DensityThreshold threshold)
            implements Expectation {
        @Override
        public int length() {
            return expectation.length();
        }

        @Override
        public Accumulator accumulator() {
            Accumulator accumulator = expectation.accumulator();
            RankedDensities ranked = new RankedDensities(factors, factors.densities());
            return Accumulator.of(accumulator::statistics, block -> {
                double[] ranks = ranked.of(block);
                int[] kept = IntStream.range(0, block.size())
                        .filter(i -> threshold.keeps(ranks[i]))
                        .toArray();
                if (kept.length > 0) {
                    accumulator.add(kept.length == block.size() ? block : block.select(kept));
                }
            });
        }
    }

    private record KeptScore(RowScore score, MixtureFactors factors, DensityThreshold threshold) implements RowScore {
        @Override
        public Scorer scorer(int partition) {
            Scorer scorer = score.scorer(partition);
            RankedDensities ranked = new RankedDensities(factors, factors.densities());
            return (block, scores) -> {
                scorer.score(block, scores);
                double[] ranks = ranked.of(block);
                for (int i = 0; i < block.size(); i++) {
                    if (!threshold.keeps(ranks[i])) {
                        scores[i] = Double.POSITIVE_INFINITY;
                    }
                }
            };
        }

        @Override
        public boolean isOfDistinctRows() {
            return score.isOfDistinctRows();
        }
    }
}
