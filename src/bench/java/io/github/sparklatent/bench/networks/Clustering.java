package io.github.sparklatent.bench.networks;

import io.github.sparklatent.learn.Require;
import java.io.IOException;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** Clusters digits without labels: the embedded ones, and MNIST's where its files are named. */
final class Clustering implements Measurement {
    private final NetworkOptions options;
    private final RunFile<ClusterRun> runs;

    Clustering(NetworkOptions options) throws IOException {
        Require.that(!options.seconds(), "--seconds is of --averaging and --mnist");
        this.options = options;
        this.runs = new RunFile<>(options.theme().results(), ClusterRun.class);
    }

    @Override
    public void run(SparkSession spark) throws IOException {
        try (ClusterData digits = ClusterData.digits()) {
            run(spark, digits);
        }
        if (options.hasData()) {
            try (ClusterData mnist =
                    ClusterData.mnist(new ImageTables(spark, options.data()), options)) {
                run(spark, mnist);
            }
        }
    }

    private void run(SparkSession spark, ClusterData data) throws IOException {
        ClusterSetting setting = data.setting();
        Pretrained pretrained = new Pretrained(options);
        for (int partitions : setting.partitions()) {
            for (long seed = 1; seed <= ClusterSetting.SEEDS; seed++) {
                for (ClusterMethod method : ClusterMethod.values()) {
                    String name = setting.run(method, partitions, seed);
                    if (setting.has(method, partitions) && options.wants(name, runs)) {
                        ClusterTrial trial =
                                new ClusterTrial(spark, data, options, name, partitions, seed);
                        method.run(trial, pretrained);
                        runs.put(trial.run());
                    }
                }
            }
        }
    }

    @Override
    public String text() throws IOException {
        List<ClusterSetting> settings = List.of(ClusterSetting.MNIST, ClusterSetting.DIGITS);
        ClusterPicture.write(runs, options.theme().picture(), settings);
        return new ClusteringTable(runs).text();
    }
}
