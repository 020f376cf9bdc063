package io.github.sparklatent.cluster;

import io.github.sparklatent.cluster.reduce.Described;
import io.github.sparklatent.cluster.table.TableStatistics;
import io.github.sparklatent.columns.Feature;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.linalg.Block;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.ejml.data.DMatrixRMaj;

/**
 * A sample of the rows of blocks, by Poisson sampling (Särndal, Swensson and Wretman 1992, section 3.5). Equal rows are
 * one row of greater weight here, so a sample of blocks, or of hashes, would have all copies of a frequent row or none.
 *
 * <pre>
 *   u   = Σ w / m                 weight that one row of the sample stands for
 *   p_i = min(1, w_i / u)         probability that row i is in the sample
 *   w_i / (p_i u) = max(1, w_i / u)                weight of row i in the sample
 * </pre>
 */
final class BlockSample implements Iterator<Block> {
    private final Iterator<Block> blocks;
    private final double unit;
    private final long key;
    private Block block;
    private int at;
    private long row;
    private Block next;

    /**
     * Samples the rows of a partition.
     *
     * @param unit u
     * @param key key of the random numbers of the partition
     */
    BlockSample(Iterator<Block> blocks, double unit, long key) {
        this.blocks = blocks;
        this.unit = unit;
        this.key = key;
        next = pack();
    }

    /** Returns the training rows, or a cached sample of about {@code most} of them if they are more. */
    static JavaRDD<Block> of(JavaRDD<Block> blocks, long most, long seed) {
        List<double[]> sizes = Described.run(
                JavaSparkContext.fromSparkContext(blocks.context()),
                "table, rows counted for a sample",
                () -> blocks.mapPartitions(part -> List.of(sizes(part)).iterator())
                        .collect());
        double rows = sizes.stream().mapToDouble(size -> size[0]).sum();
        double weight = 0;
        for (double[] size : sizes) { // in the order of the partitions, for the same bits
            weight += size[1];
        }
        double unit = weight / most;
        return rows <= most
                ? blocks
                : blocks.mapPartitionsWithIndex(
                        (i, part) -> new BlockSample(part, unit, RandomStreams.key(seed, Purpose.SAMPLE, i)), true);
    }

    /**
     * Returns the names of the features with too few values in a sample: none, or only one if the variance is to be
     * fitted. Features that are constant in the whole table are not among them.
     *
     * @param variances variance of each feature in the sample; NaN: no value
     * @param needsVariance whether the variance of a feature is to be fitted
     */
    static List<String> lacking(
            double[] variances, TableStatistics statistics, List<Feature> features, Predicate<Feature> needsVariance) {
        return IntStream.range(0, variances.length)
                .filter(j -> statistics.train().least[j] != statistics.train().greatest[j])
                .filter(j -> needsVariance.test(features.get(j)) ? !(variances[j] > 0) : Double.isNaN(variances[j]))
                .mapToObj(j -> '"' + features.get(j).name() + '"')
                .toList();
    }

    private static double[] sizes(Iterator<Block> blocks) {
        double[] sizes = new double[2];
        while (blocks.hasNext()) {
            Block block = blocks.next();
            sizes[0] += block.size();
            for (int i = 0; i < block.size(); i++) {
                sizes[1] += block.weight(i);
            }
        }
        return sizes;
    }

    /** Returns a block of sampled rows; null if there are no more. */
    private Block pack() {
        double[] rows = new double[0];
        double[] weights = new double[0];
        int size = 0;
        int d = 0;
        while (hasRow() && (size == 0 || size < weights.length)) {
            d = block.width();
            double weight = block.weight(at) / unit;
            if (RandomStreams.uniform(key, row++) < weight) {
                if (size == 0) {
                    weights = new double[Block.height(d)];
                    rows = new double[weights.length * d];
                }
                System.arraycopy(block.rows().data, at * d, rows, size * d, d);
                weights[size++] = Math.max(1, weight);
            }
            at++;
        }
        double[] own = Arrays.copyOf(weights, size);
        return size == 0
                ? null
                : new Block(
                        DMatrixRMaj.wrap(size, d, Arrays.copyOf(rows, size * d)),
                        Arrays.stream(own).allMatch(weight -> weight == 1) ? null : own,
                        size);
    }

    private boolean hasRow() {
        while ((block == null || at == block.size()) && blocks.hasNext()) {
            block = blocks.next();
            at = 0;
        }
        return block != null && at < block.size();
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public Block next() {
        if (next == null) {
            throw new NoSuchElementException("the partition has no more rows");
        }
        Block packed = next;
        next = pack();
        return packed;
    }
}
