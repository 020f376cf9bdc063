package io.github.sparklatent.vae.cluster;

import io.github.sparklatent.learn.averaging.PartitionRows;
import io.github.sparklatent.learn.averaging.PartitionWork;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.learn.em.ReducedSums;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.RowScore;
import io.github.sparklatent.learn.em.SelectedRow;
import io.github.sparklatent.learn.em.SmallestRows;
import io.github.sparklatent.linalg.Block;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The codes of all rows as a data set; each traversal encodes the rows again.
 *
 * @param data the rows
 * @param encoder encoder that computes the codes
 */
record EncodedRows(Shards data, CodeEncoder encoder) implements RowBlocks {
    @Override
    public int width() {
        return encoder.latent();
    }

    @Override
    public long rows() {
        return data.rows();
    }

    @Override
    public ReducedSums sums(String description, Expectation expectation) {
        Shards.Result result = data.run(description, new Sums(encoder, expectation));
        return new ReducedSums(result.sums(), result.broadcast(), result.compute(), result.reduce(), result.traffic());
    }

    @Override
    public List<SelectedRow> smallest(String description, RowScore score, int count) {
        Smallest work = new Smallest(encoder, score, count, data.partitions());
        return work.merged(data.run(description, work).sums());
    }

    /** Sums statistics of the codes. */
    private record Sums(CodeEncoder encoder, Expectation expectation) implements PartitionWork {
        @Override
        public int sums() {
            return expectation.length();
        }

        @Override
        public PartitionResult run(int partition, PartitionRows rows) {
            Expectation.Accumulator accumulator = expectation.accumulator();
            encoder.encode(rows, accumulator::add);
            return new PartitionResult(rows.weight(), new float[0], accumulator.statistics());
        }
    }

    /**
     * Finds each partition's codes of smallest score. Each partition writes its own places: whether there is a code,
     * its score, the code.
     */
    private record Smallest(CodeEncoder encoder, RowScore score, int count, int partitions) implements PartitionWork {
        @Override
        public int sums() {
            return Math.multiplyExact(Math.multiplyExact(partitions, count), 2 + encoder.latent());
        }

        @Override
        public PartitionResult run(int partition, PartitionRows rows) {
            List<Block> blocks = new ArrayList<>();
            encoder.encode(rows, blocks::add);
            double[] numbers = new double[sums()];
            int at = partition * count * (2 + encoder.latent());
            for (SelectedRow row : SmallestRows.of(blocks, score, count)) {
                numbers[at] = 1;
                numbers[at + 1] = row.score();
                System.arraycopy(row.values(), 0, numbers, at + 2, encoder.latent());
                at += 2 + encoder.latent();
            }
            return new PartitionResult(rows.weight(), new float[0], numbers);
        }

        List<SelectedRow> merged(double[] numbers) {
            SmallestRows smallest = new SmallestRows(count);
            int length = 2 + encoder.latent();
            for (int at = 0; at < numbers.length; at += length) {
                if (numbers[at] == 1) {
                    smallest.add(new SelectedRow(numbers[at + 1], Arrays.copyOfRange(numbers, at + 2, at + length)));
                }
            }
            return smallest.rows();
        }
    }
}
