package io.github.sparklatent.bench.networks;

import io.github.sparklatent.learn.Require;
import java.io.IOException;
import org.apache.spark.sql.SparkSession;

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
    }

    private void put(SampleRun run) throws IOException {
        System.err.printf("  %s: %s%n", run.name(), run.figures());
        runs.put(run);
    }

    @Override
    public String text() throws IOException {
        return "";
    }
}
