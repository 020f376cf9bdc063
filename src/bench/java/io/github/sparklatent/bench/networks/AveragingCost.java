package io.github.sparklatent.bench.networks;

import io.github.sparklatent.cluster.ShardTable;
import java.io.IOException;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** Trains on MNIST in different numbers of parts, each beside training in one piece. */
final class AveragingCost implements Measurement {
    private final NetworkOptions options;
    private final Curves curves;

    AveragingCost(NetworkOptions options, Curves curves) {
        this.options = options;
        this.curves = curves;
    }

    @Override
    public void run(SparkSession spark) throws IOException {
        ImageTables tables = new ImageTables(spark, options.data());
        List<AveragingTrial> wanted =
                AveragingTrial.all().stream()
                        .filter(trial -> options.wants(trial.name(), curves))
                        .toList();
        if (wanted.isEmpty()) {
            return;
        }
        try (ShardTable test = tables.test()) {
            for (AveragingTrial trial : wanted) {
                try (ShardTable train =
                        trial.skewed()
                                ? tables.skewed(trial.partitions())
                                : tables.training(trial.partitions())) {
                    double limit = options.limit(trial.passes());
                    Curve curve = trial.training(limit).run(train.train(), test.train());
                    curves.put(curve, options.seconds());
                }
            }
        }
    }

    @Override
    public String text() throws IOException {
        AveragingPicture.write(curves, options.theme().picture());
        return new AveragingTable(curves).text();
    }
}
