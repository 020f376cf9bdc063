package io.github.sparklatent.bench.networks;

import io.github.sparklatent.cluster.ShardTable;
import io.github.sparklatent.learn.InMemoryShards;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.Shards;
import io.github.sparklatent.vae.model.Kind;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.ejml.data.FMatrixRMaj;

/** Adversarial training: whether all modes are drawn, and what drawn digits are like. */
final class Adversarial implements Measurement {
    private final NetworkOptions options;
    private final RunFile<SampleRun> runs;

    Adversarial(NetworkOptions options) throws IOException {
        Require.that(!options.seconds(), "--seconds is of --averaging and --mnist");
        this.options = options;
        this.runs = new RunFile<>(options.theme().results(), SampleRun.class);
    }

    @Override
    public void run(SparkSession spark) throws IOException {
        for (Modes modes : Modes.values()) {
            for (int partitions : ModeGame.PARTITIONS) {
                for (long seed = 1; seed <= ModeGame.SEEDS; seed++) {
                    ModeGame game = new ModeGame(modes, partitions, seed);
                    if (options.wants(game.name(), runs)) {
                        put(game.run(options));
                    }
                }
            }
        }
        digits();
        if (options.hasData() && SampleSetting.MNIST.isWanted(options, runs)) {
            mnist(new ImageTables(spark, options.data()));
        }
    }

    private void digits() throws IOException {
        SampleSetting setting = SampleSetting.DIGITS;
        if (setting.isWanted(options, runs)) {
            FMatrixRMaj rows = Digits.read();
            try (ClusterData data = ClusterData.digits()) {
                SampleTrial trial = trial(setting, rows, rows, data);
                runs(trial, InMemoryShards.of(rows, setting.partitions()));
            }
        }
    }

    private void mnist(ImageTables tables) throws IOException {
        SampleSetting setting = SampleSetting.MNIST;
        FMatrixRMaj real = Images.test(options.data()).rows();
        FMatrixRMaj further =
                Matrices.part(Images.training(options.data()).rows(), 0, real.numRows);
        SampleTrial trial;
        try (ClusterData data = ClusterData.mnist(tables, options)) {
            trial = trial(setting, real, further, data);
        }
        if (options.wants(setting.realRun(), runs)) {
            put(new SampleRun(setting.realRun(), trial.figures(further)));
        }
        try (ShardTable train = tables.training(setting.partitions())) {
            runs(trial, train.train());
        }
    }

    /**
     * @param further rows whose principal components are taken
     * @param data that the autoencoder is trained on
     */
    private SampleTrial trial(
            SampleSetting setting, FMatrixRMaj real, FMatrixRMaj further, ClusterData data)
            throws IOException {
        Pretrained.Network autoencoder =
                new Pretrained(options).of(Kind.AUTOENCODER, data, setting.partitions(), 1);
        RowNetwork codes = new RowNetwork(autoencoder.network());
        return new SampleTrial(
                setting,
                real,
                PrincipalComponents.space(further, setting.features()),
                codes::encode);
    }

    private void runs(SampleTrial trial, Shards train) throws IOException {
        SampleSetting setting = trial.setting();
        for (long seed = 1; seed <= SampleSetting.SEEDS; seed++) {
            for (SampleMethod method : setting.methods()) {
                if (options.wants(setting.run(method, seed), runs)) {
                    boolean shown = setting == SampleSetting.MNIST && seed == 1;
                    Path picture = shown ? Path.of("src", "site", method + ".png") : null;
                    put(trial.run(method, train, options, seed, picture));
                }
            }
        }
    }

    private void put(SampleRun run) throws IOException {
        System.err.printf("  %s: %s%n", run.name(), run.figures());
        runs.put(run);
    }

    @Override
    public String text() {
        return new AdversarialTable(runs).text();
    }
}
