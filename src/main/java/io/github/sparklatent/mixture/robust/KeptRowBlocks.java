package io.github.sparklatent.mixture.robust;

import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.learn.em.ReducedSums;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.RowScore;
import io.github.sparklatent.learn.em.RowWeights;
import io.github.sparklatent.learn.em.SelectedRow;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.robust.DensityQuantile.DensityThreshold;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The rows of greatest density under a fit. Each traversal finds them again in the blocks, so nothing is copied or
 * kept.
 *
 * @param data all rows
 * @param density of the fit
 * @param threshold lowest density of the rows that are kept
 * @param rows number of these rows
 */
public record KeptRowBlocks(RowBlocks data, MixedDensity density, DensityThreshold threshold, long rows)
        implements RowBlocks {
    /**
     * Leaves out the rows of lowest density.
     *
     * @param fit the fit of the densities
     * @param trim share of the total weight that is left out
     */
    public static KeptRowBlocks of(RowBlocks data, MixedMixture fit, double trim) {
        MixedDensity density = new MixedDensity(fit);
        DensityQuantile quantile = new DensityQuantile(data, "robust fit, densities of the rows");
        DensityThreshold threshold = quantile.of(density, trim, TrimmedEm.typicalLogDensity(density));
        return new KeptRowBlocks(data, density, threshold, 0).among(data);
    }

    /** Returns the rows of other data that are kept. */
    public KeptRowBlocks among(RowBlocks others) {
        KeptRowBlocks kept = new KeptRowBlocks(others, density, threshold, others.rows());
        return new KeptRowBlocks(
                others, density, threshold, (long) RowWeights.of(kept).rows());
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
        return data.sums(description, new OfKept(expectation, density, threshold));
    }

    @Override
    public List<SelectedRow> smallest(String description, RowScore score, int count) {
        return data.smallest(description, new KeptScore(score, density, threshold), count);
    }

    private record OfKept(Expectation expectation, MixedDensity density, DensityThreshold threshold)
            implements Expectation {
        @Override
        public int length() {
            return expectation.length();
        }

        @Override
        public Accumulator accumulator() {
            Accumulator accumulator = expectation.accumulator();
            RankedDensities ranked = new RankedDensities(density, density.rows());
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

    private record KeptScore(RowScore score, MixedDensity density, DensityThreshold threshold) implements RowScore {
        @Override
        public Scorer scorer(int partition) {
            Scorer scorer = score.scorer(partition);
            RankedDensities ranked = new RankedDensities(density, density.rows());
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
