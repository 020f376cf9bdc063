package io.github.sparklatent.mixture;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.SampleSize;
import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.RowScore;
import io.github.sparklatent.learn.em.SelectedRow;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Columns with a distribution of each given those before it (Reiter 2005), in several orders: the density is the mean
 * of those of the {@linkplain ColumnChain chains}.
 *
 * <pre>
 *   p(x) = 1/M Σ_m Π_j p_m(x_j | the columns before j in the order of m)
 * </pre>
 *
 * <p>The orders are drawn without replacement, each time a column with a chance in proportion to its number of codes:
 * columns of many codes come early, because their trees would otherwise single out rows.
 *
 * @param chains the M chains
 * @param prior number of pseudo-rows that shares of codes have as a density
 * @param cumulants first three cumulants that minus the log density has in the rows of the training
 */
public record ColumnChains(List<ColumnChain> chains, double prior, double[] cumulants) implements Serializable {
    private static final int CHAINS = 8;

    /** Most rows that trees are grown from, and most cells of these rows. */
    private static final int ROWS = 200_000;

    private static final int CELLS = 1 << 24;

    /** Most leaves of a tree. */
    private static final int LEAVES = 2048;

    /**
     * Grows the trees.
     *
     * @param size size of the table; if its weights are not those of equal rows, each distinct row counts once
     * @param least least number of rows in a leaf
     */
    static ColumnChains of(
            MixedColumns columns, RowBlocks data, SampleSize size, double least, double prior, long seed) {
        int d = columns.size();
        List<double[]> rows = data
                .smallest(
                        "rows of the trees",
                        new Draw(RandomStreams.key(seed, Purpose.KNOTS)),
                        Math.min(ROWS, CELLS / d))
                .stream()
                .map(SelectedRow::values)
                .toList();
        double[] weights = data.sums("weights of the rows", new Weights(rows)).sums();
        int[][] codes = new int[d][rows.size()];
        int[] sizes = new int[d];
        boolean[] isOrdered = new boolean[d];
        for (int j = 0; j < d; j++) {
            MixedColumns.Column column = columns.get(j);
            sizes[j] = column.levels() + 1;
            isOrdered[j] = column.bins() != null;
            for (int i = 0; i < codes[j].length; i++) {
                codes[j][i] = column.code(rows.get(i)[j]);
            }
        }
        double[] counts = weights.clone();
        if (size.rows() != size.weight()) {
            Arrays.fill(counts, 1);
        }
        double fewest = Math.max(least, Arrays.stream(counts).sum() / LEAVES);
        ChainGrower grower = new ChainGrower(codes, sizes, isOrdered, weights, counts, fewest);
        int[][] orders = IntStream.range(0, CHAINS)
                .mapToObj(chain -> order(columns, RandomStreams.of(seed, Purpose.ORDER, chain)))
                .toArray(int[][]::new);
        ColumnTree[][] trees = new ColumnTree[CHAINS][d];
        IntStream.range(0, CHAINS * d).parallel().forEach(task -> {
            int[] order = orders[task / d];
            int place = task % d;
            trees[task / d][order[place]] = grower.tree(order[place], Arrays.copyOf(order, place));
        });
        List<ColumnChain> chains = IntStream.range(0, CHAINS)
                .mapToObj(chain -> new ColumnChain(orders[chain], List.of(trees[chain])))
                .toList();
        ColumnChains grown = new ColumnChains(chains, prior, new double[3]);
        grown.setCumulants(rows, columns, weights);
        return grown;
    }

    /** Draws an order: the greatest of log n plus Gumbel noise has a chance in proportion to n (Yellott 1977). */
    private static int[] order(MixedColumns columns, RandomGenerator random) {
        double[] keys = new double[columns.size()];
        for (int j = 0; j < keys.length; j++) {
            keys[j] = StrictMath.log(columns.get(j).levels()) - StrictMath.log(-StrictMath.log(random.nextDouble()));
        }
        return IntStream.range(0, keys.length)
                .boxed()
                .sorted(Comparator.comparingDouble(j -> -keys[j]))
                .mapToInt(j -> j)
                .toArray();
    }

    /** Returns the number of leaves of all trees. */
    public int leaves() {
        return trees().mapToInt(ColumnTree::leaves).sum();
    }

    /** Returns the number of parameters of all trees. */
    long freeParameters() {
        return trees().mapToLong(ColumnTree::freeParameters).sum();
    }

    /** Returns all trees in an order that does not change. */
    Stream<ColumnTree> trees() {
        return chains.stream().flatMap(chain -> chain.trees().stream());
    }

    /**
     * Returns log p(x) in nats.
     *
     * @param codes codes of the cells of the row
     * @param logs as many numbers as there are chains, which are overwritten
     */
    double logDensity(MixedColumns columns, double[] row, int[] codes, double[] logs) {
        double within = 0;
        for (int j = 0; j < row.length; j++) {
            HistogramBins bins = columns.get(j).bins();
            within += bins == null || Double.isNaN(row[j]) ? 0 : bins.logDensity(row[j]);
        }
        for (int chain = 0; chain < logs.length; chain++) {
            logs[chain] = 0;
            for (int j = 0; j < codes.length; j++) {
                logs[chain] += chains.get(chain).logShare(j, codes, prior);
            }
        }
        return within + LogTails.logSumExp(logs) - StrictMath.log(logs.length);
    }

    private void setCumulants(List<double[]> rows, MixedColumns columns, double[] weights) {
        double[] logs = new double[chains.size()];
        double[] surprise = rows.stream()
                .mapToDouble(row -> -logDensity(columns, row, columns.codes(row), logs))
                .toArray();
        double total = Arrays.stream(weights).sum();
        for (int i = 0; i < surprise.length; i++) {
            cumulants[0] += weights[i] * surprise[i] / total;
        }
        for (int i = 0; i < surprise.length; i++) {
            double from = surprise[i] - cumulants[0];
            cumulants[1] += weights[i] * from * from / total;
            cumulants[2] += weights[i] * from * from * from / total;
        }
    }

    /** Draws distinct rows, each with the same chance. */
    private record Draw(long key) implements RowScore {
        @Override
        public Scorer scorer() {
            return (block, scores) -> {
                int d = block.width();
                for (int i = 0; i < block.size(); i++) {
                    scores[i] = RandomStreams.uniform(key, RandomStreams.hash(block.rows().data, i * d, d));
                }
            };
        }
    }

    /** Weights of all rows that are equal to each of some rows. */
    private record Weights(List<double[]> rows) implements Expectation {
        @Override
        public int length() {
            return rows.size();
        }

        @Override
        public Accumulator accumulator() {
            Map<Long, int[]> places = new HashMap<>();
            for (int i = 0; i < rows.size(); i++) {
                int own = i;
                double[] row = rows.get(i);
                places.merge(
                        RandomStreams.hash(row, 0, row.length),
                        new int[] {own},
                        (a, b) -> IntStream.concat(Arrays.stream(a), Arrays.stream(b))
                                .toArray());
            }
            double[] sums = new double[rows.size()];
            return Accumulator.of(sums, block -> {
                int d = block.width();
                double[] values = block.rows().data;
                for (int i = 0; i < block.size(); i++) {
                    for (int place : places.getOrDefault(RandomStreams.hash(values, i * d, d), new int[0])) {
                        if (Arrays.equals(values, i * d, i * d + d, rows.get(place), 0, d)) {
                            sums[place] += block.weight(i);
                        }
                    }
                }
            });
        }
    }
}
