package io.github.sparklatent.bench.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparklatent.app.Latent;
import io.github.sparklatent.bench.drill.CostModel.Work;
import io.github.sparklatent.bench.race.MixtureCase;
import io.github.sparklatent.bench.race.MixtureData;
import io.github.sparklatent.cluster.reduce.OrderedReduction;
import io.github.sparklatent.gmm.em.StatisticsLayout;
import io.github.sparklatent.gmm.model.CovarianceType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** A training whose rounds are measured on this machine and predicted on others. */
enum CostTraining {
    MIXTURE(
            "Gaussian mixture, 16 full components of 64 columns",
            new MixtureCase("cost", 200_000, 64, 16, CovarianceType.FULL),
            1e9,
            "type = gmm, components = 16, covariance = full, initialization = random",
            "maxRounds = 14, tolerance = 0, acceleration = false"),
    VAE(
            "VAE 784-500-500-20",
            new MixtureCase("cost", 16_384, 784, 8, CovarianceType.DIAGONAL),
            1.25e7,
            "type = vae, likelihood = gaussian, latent = 20, encoder = [500, 500]",
            "maxEpochs = 2, patience = 0, batchSize = 32, roundsPerEpoch = 8"),
    MOG_VAE(
            "MoG-VAE 784-500-500-10, 10 components",
            VAE.rows,
            1.25e7,
            "type = mog-vae, likelihood = gaussian, components = 10, latent = 10," + " encoder = [500, 500]",
            "batchSize = 32, roundsPerEpoch = 8, patience = 0, stages ="
                    + " [{ name = autoencoder, maxEpochs = 1 }, { name = joint, maxEpochs = 2 }]");

    /** Parameters and their two moments of Adam, which a partition receives and returns. */
    private static final int VECTORS = 3;

    /** Rounds that compile the code or choose the start. */
    private static final int WARM_UP = 3;

    private static final int CORES = 2;

    private final String title;
    private final MixtureCase rows;
    private final double predictedRows;
    private final String model;
    private final String train;

    CostTraining(String title, MixtureCase rows, double predictedRows, String model, String train) {
        this.title = title;
        this.rows = rows;
        this.predictedRows = predictedRows;
        this.model = model;
        this.train = train;
    }

    /**
     * Medians over the rounds of a training, in seconds.
     *
     * @param reduce seconds after the last task has computed and before the update
     * @param work what a round does, without its seconds for rows, partitions and bytes
     */
    record Measured(int partitions, double total, double compute, double reduce, Work work) {
        /**
         * Returns the work of a round with the seconds of rows and partitions that follow from two trainings, and the
         * seconds of a byte of this one.
         */
        Work with(Measured fewer) {
            double each = Math.max(0, CORES * (compute - fewer.compute) / (partitions - fewer.partitions));
            double ofRows = Math.max(0, CORES * compute - partitions * each);
            boolean isCollected = OrderedReduction.isCollected(partitions, work.averaged(), work.added());
            return new Work(
                    work.rows(),
                    ofRows / work.rows(),
                    each,
                    work.broadcastBytes(),
                    work.broadcastSeconds(),
                    work.averaged(),
                    work.added(),
                    (isCollected ? 1 : CORES) * reduce / (partitions * work.part()),
                    work.update());
        }
    }

    String title() {
        return title;
    }

    /** Number of rows of the predicted rounds. */
    double rows() {
        return predictedRows;
    }

    /** Trains in the running session and returns the medians of the last rounds. */
    Measured measure(SparkSession spark, Path folder, int partitions) throws IOException {
        Path data = folder.resolve("rows-of-" + name());
        new MixtureData(rows, data).table(spark); // draws the rows once
        Path output = folder.resolve(name() + "-" + partitions);
        Path file = folder.resolve(name() + ".conf");
        Files.writeString(file, """
                model { %s }
                data { path = "%s/*/rows.parquet", features = [features], holdout.fraction = 0 }
                train { partitions = %d, %s }
                output { path = "%s", report = false }
                """.formatted(model, data, partitions, train, output));
        if (Latent.run("train", "--config", file.toString()) != 0) {
            throw new IllegalStateException(title + " fails; the reason is above");
        }
        ObjectMapper json = new ObjectMapper();
        int parameters = json.readTree(output.resolve("metrics.json").toFile())
                .at("/model/parameters")
                .asInt();
        List<JsonNode> rounds = new ArrayList<>();
        for (String line : Files.readAllLines(output.resolve("rounds.jsonl"))) {
            JsonNode round = json.readTree(line);
            if (!round.has("stage") || "joint".equals(round.get("stage").asText())) {
                rounds.add(round);
            }
        }
        return measured(partitions, rounds.subList(WARM_UP, rounds.size()), parameters);
    }

    private Measured measured(int partitions, List<JsonNode> rounds, int parameters) {
        double reduce = median(rounds, "reduce");
        double broadcast = median(rounds, "broadcast");
        double compute = median(rounds, "compute");
        double update = median(rounds, "update");
        double rowsOfRound = rounds.stream()
                .mapToLong(round -> round.get("rows").asLong())
                .average()
                .orElse(0);
        boolean isMixture = this == MIXTURE;
        int averaged = isMixture ? 0 : VECTORS * parameters;
        int added = isMixture
                ? new StatisticsLayout(rows.covariance(), rows.components(), rows.dimension(), 0).length()
                : 1;
        double sent = isMixture
                ? (double) Double.BYTES * rows.components() * rows.dimension() * rows.dimension()
                : (double) Float.BYTES * averaged;
        Work work = new Work(rowsOfRound, 0, 0, sent, broadcast, averaged, added, 0, update);
        return new Measured(partitions, broadcast + compute + reduce + update, compute, reduce, work);
    }

    private static double median(List<JsonNode> rounds, String phase) {
        double[] seconds = rounds.stream()
                .mapToDouble(round -> round.at("/seconds/" + phase).asDouble())
                .sorted()
                .toArray();
        return seconds[seconds.length / 2];
    }
}
