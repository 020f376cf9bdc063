package io.github.sparklatent.mixture;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.RowScore;
import io.github.sparklatent.learn.em.SelectedRow;
import io.github.sparklatent.linalg.Block;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * Columns within a component, one after the other, each with a distribution given those before (Reiter 2005).
 *
 * <pre>
 *   p(x | k) = Π_j p(x_j | k, x_&lt;j)
 * </pre>
 *
 * <p>where p(x_j | ·) is the share of the code of x_j in the leaf of a {@linkplain ColumnTree tree}, times the density
 * within a bin. As a density, shares are shrunk: those of categories and of missing cells towards their shares in all
 * rows by s pseudo-rows, those of bins so at each halving of a range of bins, as a Pólya tree (Lavine 1992). Draws have
 * the shares of the leaf as they are, so that combinations of categories that no row has are not drawn.
 *
 * @param order the columns in their order; those before one are given in its tree
 * @param trees the tree of each column. It is given the component, then the codes of the columns.
 * @param prior s
 * @param cumulants first three cumulants that minus the log density of all columns has in rows of each component, 3 k
 *     numbers
 */
public record ColumnChain(int[] order, List<ColumnTree> trees, double prior, double[] cumulants)
        implements Serializable {
    /** Most rows that trees are grown from, and most cells of these rows. */
    private static final int ROWS = 200_000;

    private static final int CELLS = 1 << 24;

    /** Most leaves of a tree. */
    private static final int LEAVES = 2048;

    /** Grows the trees. {@code least}: least weight of a leaf's rows. */
    static ColumnChain of(MixedMixture mixture, RowBlocks data, double least, double prior, int[] order, long seed) {
        MixedColumns columns = mixture.columns();
        int d = columns.size();
        int most = Math.min(ROWS, CELLS / d);
        List<double[]> rows =
                data.smallest("rows of the trees", new Draw(RandomStreams.key(seed, Purpose.KNOTS)), most).stream()
                        .map(SelectedRow::values)
                        .toList();
        double[] weights = data.sums("weights of the rows", new Weights(rows)).sums();
        int[][] codes = new int[d + 1][rows.size()];
        MixedDensity density = new MixedDensity(mixture);
        DMatrixRMaj shares = new DMatrixRMaj(0, 0);
        double[] logs = new double[1];
        MixedDensity.Rows assigner = density.rows();
        for (int i = 0; i < rows.size(); i++) {
            double[] row = rows.get(i);
            for (int j = 0; j < d; j++) {
                codes[j + 1][i] = columns.get(j).code(row[j]);
            }
            if (mixture.components() > 1) {
                assigner.assign(Block.of(DMatrixRMaj.wrap(1, d, row.clone())), shares, logs);
                double left = RandomStreams.of(seed, Purpose.COMPONENT_DRAW, i).nextDouble();
                int k = 0;
                while (k < mixture.components() - 1 && (left -= shares.data[k]) >= 0) {
                    k++;
                }
                codes[0][i] = k;
            }
        }
        int[] sizes = new int[d + 1];
        boolean[] isOrdered = new boolean[d + 1];
        sizes[0] = mixture.components();
        for (int j = 0; j < d; j++) {
            sizes[j + 1] = columns.get(j).levels() + 1;
            isOrdered[j + 1] = columns.get(j).bins() != null;
        }
        double total = Arrays.stream(weights).sum();
        ChainGrower grower = new ChainGrower(codes, sizes, isOrdered, weights, Math.max(least, total / LEAVES));
        ColumnTree[] trees = new ColumnTree[d];
        IntStream.range(0, d).parallel().forEach(p -> {
            int[] given = new int[p + 1];
            for (int before = 0; before < p; before++) {
                given[before + 1] = order[before] + 1;
            }
            trees[order[p]] = grower.tree(order[p] + 1, given);
        });
        ColumnChain chain = new ColumnChain(order, List.of(trees), prior, new double[3 * mixture.components()]);
        chain.setCumulants(rows, columns, codes, weights);
        return chain;
    }

    /** Returns the number of leaves of all trees. */
    public int leaves() {
        return trees.stream().mapToInt(ColumnTree::leaves).sum();
    }

    /** Returns log p(x | k) of a row whose codes are known, in nats, with the component in front of the codes. */
    double logDensity(MixedColumns columns, double[] row, int[] given) {
        double sum = 0;
        for (int j = 0; j < row.length; j++) {
            HistogramBins bins = columns.get(j).bins();
            sum += logDensity(j, given) + (bins == null || Double.isNaN(row[j]) ? 0 : bins.logDensity(row[j]));
        }
        return sum;
    }

    private void setCumulants(List<double[]> rows, MixedColumns columns, int[][] codes, double[] weights) {
        double[] sizes = new double[cumulants.length / 3];
        double[] surprise = new double[rows.size()];
        int[] given = new int[codes.length];
        for (int i = 0; i < surprise.length; i++) {
            for (int f = 0; f < given.length; f++) {
                given[f] = codes[f][i];
            }
            surprise[i] = -logDensity(columns, rows.get(i), given);
            sizes[given[0]] += weights[i];
            cumulants[3 * given[0]] += weights[i] * surprise[i];
        }
        for (int k = 0; k < sizes.length; k++) {
            cumulants[3 * k] /= Math.max(sizes[k], Double.MIN_NORMAL);
        }
        for (int i = 0; i < surprise.length; i++) {
            int k = codes[0][i];
            double from = surprise[i] - cumulants[3 * k];
            cumulants[3 * k + 1] += weights[i] * from * from / sizes[k];
            cumulants[3 * k + 2] += weights[i] * from * from * from / sizes[k];
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

    /** Returns log p of the code of a column given those before, in nats. */
    double logDensity(int column, int[] given) {
        ColumnTree tree = trees.get(column);
        return tree.logShare(tree.leaf(given), given[column + 1], prior);
    }

    /** Draws the code of a column given those before. */
    int draw(int column, int[] given, boolean isComplete, RandomGenerator random) {
        ColumnTree tree = trees.get(column);
        int leaf = tree.leaf(given);
        double observed = tree.below(leaf, tree.size());
        double share = random.nextDouble();
        return tree.at(leaf, isComplete && observed > 0 ? share * observed / tree.weight(leaf) : share);
    }
}
