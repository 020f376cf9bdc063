package io.github.sparklatent.bench.networks;

import io.github.sparklatent.bench.Machine;
import io.github.sparklatent.bench.Readme;
import java.io.IOException;
import org.apache.spark.sql.SparkSession;

/** Measures networks as {@code jobs/bench} asks for it. */
public final class NetworkBench {
    private NetworkBench() {}

    /**
     * Measures a theme, prints its table and, if asked, writes it into the README.
     *
     * @throws IllegalArgumentException for an option that does not exist or has no fitting value
     */
    public static void run(Theme theme, String... arguments) throws IOException {
        NetworkOptions options = NetworkOptions.parse(theme, arguments);
        if (options.readme()) {
            Readme.require(theme.toString());
        }
        Measurement measurement = measurement(options);
        String machine;
        try (SparkSession spark =
                SparkSession.builder().appName("spark-latent benchmark").getOrCreate()) {
            measurement.run(spark);
            machine = "%s, Spark %s".formatted(Machine.description(), spark.version());
        }
        String text =
                measurement.text()
                        + "\nMeasured on %s.\n`jobs/bench %s --readme` has written this.\n"
                                .formatted(machine, theme.option());
        System.out.print(text);
        if (options.readme()) {
            Readme.replace(theme.toString(), text);
        }
    }

    private static Measurement measurement(NetworkOptions options) throws IOException {
        return switch (options.theme()) {
            case AVERAGING -> new AveragingCost(options, curves(options));
            case MNIST -> new Mnist(options, curves(options));
            case USEFUL -> new Useful(options);
            case MEMORY -> new TaskMemory(options);
            case CLUSTERING -> new Clustering(options);
            case ADVERSARIAL -> new Adversarial(options);
        };
    }

    private static Curves curves(NetworkOptions options) throws IOException {
        return new Curves(options.theme().results());
    }
}
