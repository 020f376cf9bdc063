package io.github.sparklatent.ml.network;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.averaging.PartitionRows;
import io.github.sparklatent.learn.averaging.PartitionWork;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.nn.likelihood.Conditions;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * The conditions of some training rows, from which those of new rows are drawn. Each partition gives its share of the
 * rows, drawn by their weights with replacement, and writes them to its own range of the vector of sums.
 *
 * @param conditions the given columns
 * @param starts index of each partition's first row in the collection, then the end. Not modified
 */
record GivenRows(Conditions conditions, int[] starts) implements PartitionWork {
    private static final int ROWS = 2000;
    private static final int MAX_CELLS = 1 << 20;

    /** Returns the conditions of at most {@value #ROWS} rows, row after row; none if all columns are modelled. */
    static float[] of(Shards rows, Conditions conditions) {
        if (conditions.isEmpty()) {
            return new float[0];
        }
        int most = Math.max(1, Math.min(ROWS, MAX_CELLS / conditions.places().length));
        int[] starts = rows.sizes().shares(most);
        double[] cells = rows.run("conditions of training rows", new GivenRows(conditions, starts))
                .sums();
        float[] found = new float[cells.length];
        for (int at = 0; at < cells.length; at++) {
            found[at] = (float) cells[at];
        }
        return found;
    }

    @Override
    public int sums() {
        return starts[starts.length - 1] * conditions.places().length;
    }

    @Override
    public PartitionResult run(int partition, PartitionRows rows) {
        double[] cells = new double[sums()];
        int count = starts[partition + 1] - starts[partition];
        RandomGenerator random = RandomStreams.of(0, Purpose.CONDITION, partition);
        double end = rows.weight() * (1 - 1e-9); // the sum of the rows' weights may be rounded below theirs
        double[] numbers = random.doubles(count).map(u -> u * end).sorted().toArray();
        int width = conditions.places().length;
        int[] next = {0};
        double[] sum = {0};
        rows.forEachBatch(128, (batch, weights) -> {
            for (int i = 0; i < batch.numRows; i++) {
                sum[0] += weights[i];
                while (next[0] < count && numbers[next[0]] < sum[0]) {
                    write(batch, i, cells, (starts[partition] + next[0]++) * width);
                }
            }
        });
        return new PartitionResult(rows.weight(), new float[0], cells);
    }

    private void write(FMatrixRMaj batch, int row, double[] cells, int at) {
        for (int j = 0; j < conditions.places().length; j++) {
            cells[at + j] = batch.get(row, conditions.places()[j]);
        }
    }
}
