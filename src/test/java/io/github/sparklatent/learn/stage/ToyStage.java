package io.github.sparklatent.learn.stage;

import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.averaging.PartitionRows;
import io.github.sparklatent.learn.averaging.PartitionWork;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.learn.averaging.ToyRegression;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Fits a plane. Starts from what was before, each entry moved by the mean of the training rows' weights (work through
 * the shards: 1), and as long as it has inputs: zeros come at the end, or entries are dropped.
 */
public record ToyStage(String name, int inputs, AveragingOptions options) implements Stage {
    @Override
    public AveragingOptions options(Shards train) {
        return options;
    }

    @Override
    public Begun begin(float[] before, Shards train, Consumer<String> progress) {
        float[] parameters = Arrays.copyOf(before, inputs);
        double[] sums = train.run("weights", new Weights()).sums();
        for (int j = 0; j < inputs; j++) {
            parameters[j] += (float) (sums[0] / train.rows());
        }
        return new Begun(
                new ToyRegression(inputs, 0.3), parameters, options, List.of("the entries of " + name + " were moved"));
    }

    private record Weights() implements PartitionWork {
        @Override
        public int length() {
            return 0;
        }

        @Override
        public int sums() {
            return 1;
        }

        @Override
        public PartitionResult run(int partition, PartitionRows rows) {
            return new PartitionResult(rows.weight(), new float[0], new double[] {rows.weight()});
        }
    }
}
