package io.github.sparklatent.mixture;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.SampleSize;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.RowSample;
import io.github.sparklatent.linalg.LogSumExp;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
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
 * @param cumulants first three cumulants, in the rows of the training, of the {@linkplain #losses losses} of each
 *     column's cells, then of the rest of minus the log density
 */
public record ColumnChains(List<ColumnChain> chains, double prior, double[] cumulants) implements Serializable {
    private static final int CHAINS = 8;

    /** Most rows that trees are grown from, and most cells of these rows. */
    private static final int ROWS = 100_000;

    private static final int CELLS = 1 << 21;

    /** Most leaves of a tree. */
    private static final int LEAVES = 2048;

    /** Most rows that the cumulants are of. */
    private static final int MAX_CUMULANT_ROWS = 20_000;

    /**
     * Grows the trees.
     *
     * @param size size of the table
     * @param least least number of rows in a leaf
     */
    public static ColumnChains of(
            MixedColumns columns, RowBlocks data, SampleSize size, double least, double prior, long seed) {
        int d = columns.size();
        long key = RandomStreams.key(seed, Purpose.TREES);
        RowSample drawn = RowSample.of(data, "rows of the trees", key, Math.min(ROWS, CELLS / d));
        List<double[]> rows = drawn.rows();
        // so that a leaf's weight is a number of rows
        double scale = size.rows() / size.weight() * drawn.fraction();
        double[] weights =
                Arrays.stream(drawn.weights()).map(weight -> scale * weight).toArray();
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
        double fewest = Math.max(least, Arrays.stream(weights).sum() / LEAVES);
        ChainGrower grower = new ChainGrower(codes, sizes, isOrdered, weights, fewest);
        int[][] orders = IntStream.range(0, CHAINS)
                .mapToObj(chain -> order(columns, RandomStreams.of(seed, Purpose.TREES, chain)))
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
        ColumnChains grown = new ColumnChains(chains, prior, new double[3 * d + 3]);
        RowSample measured = drawn.first(MAX_CUMULANT_ROWS);
        grown.setCumulants(measured.rows(), columns, measured.weights());
        return grown;
    }

    /** Draws an order: the greatest of log n plus Gumbel noise has a chance in proportion to n (Yellott 1977). */
    private static int[] order(MixedColumns columns, RandomGenerator random) {
        double[] keys = new double[columns.size()];
        Arrays.setAll(
                keys,
                j -> StrictMath.log(columns.get(j).levels()) - StrictMath.log(-StrictMath.log(random.nextDouble())));
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
     * @param codes {@linkplain #codes codes} of the cells of the row
     */
    double logDensity(MixedColumns columns, double[] row, int[] codes, double[] logs) {
        for (int chain = 0; chain < logs.length; chain++) {
            logs[chain] = 0;
            for (int j = 0; j < codes.length; j++) {
                logs[chain] += chains.get(chain).logShare(j, codes, prior);
            }
        }
        return within(columns, row).sum() + LogSumExp.of(logs) - StrictMath.log(logs.length);
    }

    /** Returns the log density of the number of each cell in its bin; 0 of other cells. */
    private static DoubleStream within(MixedColumns columns, double[] row) {
        return IntStream.range(0, row.length).mapToDouble(j -> {
            HistogramBins bins = columns.get(j).bins();
            return bins == null || Double.isNaN(row[j]) ? 0 : bins.logDensity(row[j]);
        });
    }

    /** Sets the codes of missing cells of columns that never had one in the training. */
    void markUnseen(int[] codes) {
        for (int j = 0; j < codes.length; j++) {
            ColumnTree tree = chains.get(0).trees().get(j);
            codes[j] = codes[j] == tree.size() && tree.missing() == 0 ? ColumnTree.UNSEEN : codes[j];
        }
    }

    /**
     * Returns the loss of each cell, the mean of minus log p over the chains, then what minus the log density is beyond
     * all of them. A missing cell has no loss (NaN): what it tells is in the rest.
     */
    private double[] losses(MixedColumns columns, double[] row) {
        int[] codes = columns.codes(row);
        double[] losses = Arrays.copyOf(within(columns, row).map(log -> -log).toArray(), row.length + 1);
        losses[row.length] = -logDensity(columns, row, codes, new double[chains.size()]);
        for (int j = 0; j < row.length; j++) {
            for (ColumnChain chain : chains) {
                losses[j] -= chain.logShare(j, codes, prior) / chains.size();
            }
            losses[row.length] -= Double.isNaN(row[j]) ? 0 : losses[j];
            losses[j] = Double.isNaN(row[j]) ? Double.NaN : losses[j];
        }
        return losses;
    }

    private void setCumulants(List<double[]> rows, MixedColumns columns, double[] weights) {
        List<double[]> losses =
                rows.parallelStream().map(row -> losses(columns, row)).toList();
        for (int j = 0; j < cumulants.length / 3; j++) {
            int cell = j;
            double[] own = losses.stream().mapToDouble(row -> row[cell]).toArray();
            int[] known = IntStream.range(0, own.length)
                    .filter(i -> Double.isFinite(own[i]))
                    .toArray();
            double total = Arrays.stream(known).mapToDouble(i -> weights[i]).sum();
            double mean =
                    Arrays.stream(known).mapToDouble(i -> weights[i] * own[i]).sum() / total;
            cumulants[3 * j] = total > 0 ? mean : 0;
            for (int i : known) {
                double from = own[i] - mean;
                cumulants[3 * j + 1] += weights[i] * from * from / total;
                cumulants[3 * j + 2] += weights[i] * from * from * from / total;
            }
        }
    }

    /**
     * Columns one after the other, each with a distribution given those before it: the shares of codes in the leaf of a
     * {@linkplain ColumnTree tree}. As a density, shares are shrunk: those of categories and of missing cells towards
     * their shares in all rows by pseudo-rows, those of bins so at each halving of a range of bins, as a Pólya tree
     * (Lavine 1992). Draws have the shares of the leaf as they are, so that combinations that no row has are not drawn.
     *
     * @param order the columns in their order
     * @param trees the tree of each column, which is given the codes of all
     */
    record ColumnChain(int[] order, List<ColumnTree> trees) implements Serializable {
        /** Returns log p of the code of a column given those before, in nats. */
        double logShare(int column, int[] codes, double prior) {
            ColumnTree tree = trees.get(column);
            return tree.logShare(codes, codes[column], prior);
        }

        /** Draws the code of a column given those before. */
        int draw(int column, int[] codes, boolean isComplete, RandomGenerator random) {
            ColumnTree tree = trees.get(column);
            return tree.at(tree.leaf(codes), random.nextDouble(), isComplete);
        }
    }

    /**
     * Draws rows from a {@linkplain ColumnChain chain}. If cells are given, several rows are drawn together; at each
     * given cell as many are chosen among them, with chances in proportion to its density in each (Gordon, Salmond and
     * Smith 1993). One thread only.
     */
    static final class ChainDraw {
        private double[][] rows;
        private int[][] codes;
        private double logDensity;
        private double effective;

        /**
         * Draws the rows.
         *
         * @param prior number of pseudo-rows of densities
         * @param given d numbers, NaN where no value is given; not modified
         * @param isComplete whether no cell is missing
         */
        ChainDraw(
                MixedColumns columns,
                ColumnChain chain,
                double prior,
                double[] given,
                int draws,
                boolean isComplete,
                RandomGenerator random) {
            rows = IntStream.range(0, draws).mapToObj(row -> given.clone()).toArray(double[][]::new);
            codes = new int[draws][given.length];
            effective = draws;
            for (int j : chain.order()) {
                MixedColumns.Column column = columns.get(j);
                boolean isGiven = !Double.isNaN(given[j]);
                for (int i = 0; i < draws; i++) {
                    codes[i][j] = isGiven ? column.code(given[j]) : chain.draw(j, codes[i], isComplete, random);
                    rows[i][j] = isGiven ? given[j] : column.draw(codes[i][j], random);
                }
                if (isGiven) {
                    choose(
                            Arrays.stream(codes)
                                    .mapToDouble(own -> StrictMath.exp(chain.logShare(j, own, prior)))
                                    .toArray(),
                            random);
                }
            }
        }

        private void choose(double[] weights, RandomGenerator random) {
            double sum = Arrays.stream(weights).sum();
            double squares =
                    Arrays.stream(weights).map(weight -> weight * weight).sum();
            logDensity += StrictMath.log(sum / weights.length);
            effective = Math.min(effective, sum > 0 ? sum * sum / squares : 0);
            double at = random.nextDouble();
            double below = weights[0];
            int[] chosen = new int[weights.length];
            int last = 0;
            for (int i = 0; i < chosen.length; i++) {
                while (last < weights.length - 1 && below < (i + at) / chosen.length * sum) {
                    below += weights[++last];
                }
                chosen[i] = last;
            }
            double[][] drawn = rows;
            int[][] known = codes;
            rows = Arrays.stream(chosen).mapToObj(i -> drawn[i].clone()).toArray(double[][]::new);
            codes = Arrays.stream(chosen).mapToObj(i -> known[i].clone()).toArray(int[][]::new);
        }

        /** Returns one of the rows, which all have the same chance; d numbers, NaN where a cell is missing. */
        double[] row(RandomGenerator random) {
            return rows[rows.length == 1 ? 0 : random.nextInt(rows.length)];
        }

        /** Returns an estimate of the log density of the given cells, in nats. */
        double logDensity() {
            return logDensity;
        }

        /**
         * Returns the number of rows of equal weights with the same variance as those of the draw, at the given cell
         * where it is least (Kish 1965).
         */
        double effective() {
            return effective;
        }
    }
}
