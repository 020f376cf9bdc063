package io.github.sparklatent.scoring;

import io.github.sparklatent.columns.ScoreColumn;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Makes the anomaly scores of rows with missing cells comparable with those of complete rows. A density of fewer
 * columns has another unit: a missing cell of a column that follows from the others, for example, makes minus the log
 * density larger by what its precision was worth.
 *
 * <pre>
 *   s' = F⁻¹(F_M(s))
 * </pre>
 *
 * <p>M is the pattern of the missing cells, F the distribution function of the scores of complete rows that are drawn
 * from the model, and F_M that of the same rows without the cells of M. So a share of the rows exceeds a score s' that
 * does not depend on their pattern, as long as cells are missing at random. Beyond all drawn rows, s' grows with s.
 *
 * <p>The drawn rows follow from a constant seed, so a score depends on the row and the model only. The tasks of a
 * process share the distributions, which are computed when a pattern is first seen.
 *
 * <p>Rows of d columns can have 2^d patterns. Distributions are computed for patterns with few missing cells and for
 * those whose missing cells are in few runs of neighbours, as those of a category of several numbers are; there are at
 * most {@value #MAX_PATTERNS} of either kind. For another pattern, the differences of the quantiles from those of
 * complete rows are added over its runs. Rows too wide for all patterns of one run keep their scores.
 */
public final class PatternScores implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final int MAX_PATTERNS = 4096;

    /** Share of the memory of a process that the distributions fill at most. */
    private static final int MEMORY_SHARE = 32;

    private static final double PERCENT = 100;

    private transient SizedCache<Key, Optional<ScoreDistribution>> cache;

    /** The rows without some cells that a distribution draws; the same object, not an equal one. */
    private record Key(Object distribution, BitSet missing) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && distribution == key.distribution && missing.equals(key.missing);
        }

        @Override
        public int hashCode() {
            return 31 * System.identityHashCode(distribution) + missing.hashCode();
        }
    }

    private synchronized SizedCache<Key, Optional<ScoreDistribution>> cache() {
        if (cache == null) {
            cache = new SizedCache<>(
                    Runtime.getRuntime().maxMemory() / MEMORY_SHARE,
                    found -> found.map(scores -> 2L * Double.BYTES * scores.shares().length)
                            .orElse((long) Double.BYTES));
        }
        return cache;
    }

    /** Returns a new worker of a task. */
    public Worker worker(BatchScorer scorer) {
        return new Worker(cache(), scorer);
    }

    /** Returns the most missing cells of a pattern without which rows are drawn, however they lie. */
    public static int maxCells(int width) {
        return most(width, 1);
    }

    /** Returns the most runs of missing cells of a pattern without which rows are drawn. */
    public static int maxRuns(int width) {
        return most(width + 1, 2);
    }

    /** Returns the greatest r for which Σ_(1 ≤ i ≤ r) binomial(n, i step) is small enough. */
    private static int most(int n, int step) {
        double patterns = 0;
        double binomial = 1;
        for (int i = 1; i <= n; i++) {
            binomial *= (n - i + 1.0) / i;
            patterns += i % step == 0 ? binomial : 0;
            if (patterns > MAX_PATTERNS) {
                return (i - 1) / step;
            }
        }
        return n;
    }

    /** Compares rows of one task. */
    public static final class Worker {
        private final SizedCache<Key, Optional<ScoreDistribution>> cache;
        private final BatchScorer scorer;
        private final int width;
        private final int maxCells;
        private final int maxRuns;
        private final double[] batch;

        /**
         * Creates the buffers.
         *
         * @param scorer scorer that adds the anomaly only, and is not used for other rows
         */
        private Worker(SizedCache<Key, Optional<ScoreDistribution>> cache, BatchScorer scorer) {
            this.cache = cache;
            this.scorer = scorer;
            this.width = scorer.width();
            this.batch = new double[scorer.height() * width];
            this.maxCells = maxCells(width);
            this.maxRuns = maxRuns(width);
        }

        /**
         * Returns the score of a complete row that is as far out as a row; the row's own score if no drawn row has a
         * finite one.
         *
         * @param take gives the row's other columns to the scorer, as those of the row at a place of the batch
         * @param numbers the numbers of the row from {@code offset}; NaN: missing. Not modified.
         * @param score anomaly score of the row
         */
        public double compared(IntConsumer take, double[] numbers, int offset, double score) {
            BitSet missing = new BitSet(width);
            for (int j = 0; j < width; j++) {
                missing.set(j, Double.isNaN(numbers[offset + j]));
            }
            if (missing.isEmpty() || missing.cardinality() == width || maxRuns == 0) {
                return score;
            }
            take.accept(0);
            Object distribution = scorer.distribution(0);
            if (distribution == null || !Double.isFinite(score)) {
                return score;
            }
            Optional<ScoreDistribution> complete = scores(take, distribution, new BitSet(width));
            return scores(take, distribution, missing)
                    .flatMap(from -> complete.map(to -> mapped(score, from, to)))
                    .orElse(score);
        }

        private static double mapped(double score, ScoreDistribution from, ScoreDistribution complete) {
            double above = Math.max(0, score - from.exceededBy(0));
            double below = Math.min(0, score - from.exceededBy(1));
            double share = from.percentile(score) / PERCENT;
            return complete.exceededBy(Math.max(0, 1 - share)) + above + below;
        }

        /** Returns the scores of drawn rows without some cells; empty if none is finite. */
        private Optional<ScoreDistribution> scores(IntConsumer take, Object distribution, BitSet missing) {
            return cache.get(new Key(distribution, missing), key -> {
                List<BitSet> runs = runs(missing);
                return runs.size() <= maxRuns || missing.cardinality() <= maxCells
                        ? drawn(take, missing)
                        : added(take, distribution, runs);
            });
        }

        private static List<BitSet> runs(BitSet missing) {
            List<BitSet> runs = new ArrayList<>();
            for (int from = missing.nextSetBit(0); from >= 0; ) {
                int to = missing.nextClearBit(from);
                BitSet run = new BitSet();
                run.set(from, to);
                runs.add(run);
                from = missing.nextSetBit(to);
            }
            return runs;
        }

        /** Scores drawn rows without some cells. */
        private Optional<ScoreDistribution> drawn(IntConsumer take, BitSet missing) {
            take.accept(0);
            double[] scores = new double[scorer.draws()];
            int height = scorer.height();
            for (int from = 0; from < scores.length; from += height) {
                int n = Math.min(height, scores.length - from);
                for (int i = 0; i < n; i++) {
                    double[] row = scorer.draw(0, from + i);
                    missing.stream().forEach(j -> row[j] = Double.NaN);
                    System.arraycopy(row, 0, batch, i * width, width);
                }
                for (int i = 0; i < n; i++) {
                    take.accept(i);
                }
                scorer.score(batch, n);
                for (int i = 0; i < n; i++) {
                    scores[from + i] = (double) scorer.value(ScoreColumn.ANOMALY, i);
                }
            }
            double[] finite = Arrays.stream(scores).filter(Double::isFinite).toArray();
            return finite.length == 0
                    ? Optional.empty()
                    : Optional.of(KnownScores.of().with(KnownScores.of(finite), 1));
        }

        /** Adds the differences of the quantiles over the runs of a pattern. */
        private Optional<ScoreDistribution> added(IntConsumer take, Object distribution, List<BitSet> runs) {
            Optional<ScoreDistribution> all = scores(take, distribution, new BitSet(width));
            if (all.isEmpty()) {
                return all;
            }
            ScoreDistribution complete = all.get();
            double[] shares = complete.shares();
            double[] ofComplete = complete.scores();
            double[] quantiles = complete.scores();
            for (BitSet run : runs) {
                Optional<ScoreDistribution> without = scores(take, distribution, run);
                if (without.isEmpty()) {
                    return without;
                }
                for (int i = 0; i < quantiles.length; i++) {
                    // runs whose rows have fewer finite scores have fewer quantiles
                    quantiles[i] += without.get().exceededBy(1 - shares[i]) - ofComplete[i];
                }
            }
            for (int i = 1; i < quantiles.length; i++) {
                quantiles[i] = Math.max(quantiles[i], quantiles[i - 1]);
            }
            return Optional.of(new ScoreDistribution(shares, quantiles, complete.rows(), true));
        }
    }
}
