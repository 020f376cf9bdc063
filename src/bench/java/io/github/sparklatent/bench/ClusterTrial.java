package io.github.sparklatent.bench;

import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.cluster.TableOptions;
import io.github.sparklatent.gmm.MixtureFit;
import io.github.sparklatent.gmm.MixtureOptions;
import io.github.sparklatent.gmm.MixtureTrainer;
import io.github.sparklatent.gmm.TrainerListener;
import io.github.sparklatent.learn.Round;
import io.github.sparklatent.learn.StoppingRule;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** Trains on a cluster as a job does, from reading to the last round, and watches the memory. */
record ClusterTrial(SparkSession spark, int passes) {
    /**
     * @param problem what was trained
     * @param secondsRead of checking the table
     * @param secondsTrain of placing, starting and all rounds
     * @param secondsPerPass median of the rounds but the first
     * @param memory of the processes meanwhile
     */
    record Outcome(
            MixtureCase problem,
            double secondsRead,
            double secondsTrain,
            double secondsPerPass,
            MemoryWatch.Peaks memory) {}

    Outcome run(MixtureCase problem, MixtureData data) {
        data.write(spark);
        MemoryWatch watch = MemoryWatch.over(spark.sparkContext());
        MixtureOptions options =
                MixtureOptions.DEFAULT
                        .withComponents(List.of(problem.components()))
                        .withCovariance(problem.covariance())
                        .withStopping(new StoppingRule(passes, 0));
        long began = System.nanoTime();
        try (BlockTable table = BlockTable.of(data.table(spark), TableOptions.DEFAULT)) {
            long read = System.nanoTime();
            MixtureFit fit =
                    new MixtureTrainer(table.train(), null, options, null, TrainerListener.NONE)
                            .fit()
                            .best();
            long trained = System.nanoTime();
            double[] rounds =
                    fit.history().stream().skip(1).mapToDouble(Round::seconds).sorted().toArray();
            return new Outcome(
                    problem,
                    (read - began) / 1e9,
                    (trained - read) / 1e9,
                    rounds[rounds.length / 2],
                    watch.peaks());
        }
    }
}
