package io.github.sparklatent.bench.adversarial;

import io.github.sparklatent.bench.adversarial.SampleRun.Figure;
import io.github.sparklatent.bench.clustering.ClusterData;
import io.github.sparklatent.bench.clustering.Pretrained;
import io.github.sparklatent.bench.command.BenchCommand;
import io.github.sparklatent.bench.command.RunOptions;
import io.github.sparklatent.bench.data.Digits;
import io.github.sparklatent.bench.data.ImageTables;
import io.github.sparklatent.bench.data.Images;
import io.github.sparklatent.bench.data.Matrices;
import io.github.sparklatent.bench.report.MarkdownTable;
import io.github.sparklatent.bench.report.Page;
import io.github.sparklatent.bench.report.RunFile;
import io.github.sparklatent.bench.report.Spread;
import io.github.sparklatent.bench.training.RowNetwork;
import io.github.sparklatent.cluster.ShardTable;
import io.github.sparklatent.learn.averaging.InMemoryShards;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.vae.model.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.CommonOps_FDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Adversarial training: how good synthetic digits are. */
@Command(name = "adversarial", description = "Adversarial training on the digits and, with --data, on MNIST.")
public final class AdversarialCommand extends BenchCommand {
    private static final long SEEDS = 5;

    @Mixin
    private RunOptions options;

    private RunFile<SampleRun> runs;

    @Override
    protected Map<String, String> measure() throws IOException {
        runs = runs("adversarial", SampleRun.class);
        if (wants(SampleSetting.DIGITS)) {
            digits();
        }
        if (options.mnist().isGiven() && wants(SampleSetting.MNIST)) {
            try (SparkSession spark = session()) {
                mnist(spark, options.mnist().path());
            }
        }
        return page(drawn(SampleSetting.DIGITS)
                + "\n"
                + drawn(SampleSetting.MNIST)
                + TEXT.formatted(SampleSetting.DRAWN, SampleSetting.DIGITS.features(), SampleSetting.MNIST.features()));
    }

    /** Whether any run of a table is wanted. */
    private boolean wants(SampleSetting setting) {
        return Stream.concat(
                        Arrays.stream(SampleMethod.values())
                                .flatMap(method -> seeds().mapToObj(seed -> setting.run(method, seed))),
                        setting == SampleSetting.MNIST ? Stream.of(setting.realRun()) : Stream.empty())
                .anyMatch(run -> options.wants(run, runs));
    }

    private void digits() throws IOException {
        SampleSetting setting = SampleSetting.DIGITS;
        FMatrixRMaj rows = Digits.read().rows();
        try (ClusterData data = ClusterData.digits()) {
            SampleTrial trial = trial(setting, rows, data.labels(), rows, data);
            run(trial, InMemoryShards.of(rows, setting.partitions()));
        }
    }

    private void mnist(SparkSession spark, Path folder) throws IOException {
        SampleSetting setting = SampleSetting.MNIST;
        Images test = Images.test(folder);
        FMatrixRMaj real = test.rows();
        FMatrixRMaj further = Matrices.part(Images.training(folder).rows(), 0, real.numRows);
        SampleTrial trial;
        try (ClusterData data = ClusterData.mnist(spark, folder)) {
            trial = trial(setting, real, test.labels(), further, data);
        }
        if (options.wants(setting.realRun(), runs)) {
            put(SampleRun.of(setting.realRun(), trial.figures(further)));
        }
        try (ShardTable train = new ImageTables(spark, folder).training(setting.partitions())) {
            run(trial, train.train());
        }
    }

    /**
     * @param further rows whose principal components are taken
     * @param data that the autoencoder is trained on
     */
    private SampleTrial trial(
            SampleSetting setting, FMatrixRMaj real, int[] labels, FMatrixRMaj further, ClusterData data)
            throws IOException {
        Pretrained.Network autoencoder = new Pretrained(options).of(Kind.AUTOENCODER, data, setting.partitions(), 1);
        RowNetwork codes = new RowNetwork(autoencoder.network());
        FMatrixRMaj components = components(further, setting.features());
        return new SampleTrial(
                setting, real, labels, rows -> CommonOps_FDRM.mult(rows, components, null), codes::encode);
    }

    /** Returns the eigenvectors of the greatest eigenvalues of the rows' covariance, a column each. */
    private static FMatrixRMaj components(FMatrixRMaj rows, int count) {
        int d = rows.numCols;
        double[] means = new double[d];
        for (int at = 0; at < rows.getNumElements(); at++) {
            means[at % d] += rows.data[at] / (double) rows.numRows;
        }
        DMatrixRMaj centred = new DMatrixRMaj(rows.numRows, d);
        for (int at = 0; at < rows.getNumElements(); at++) {
            centred.data[at] = rows.data[at] - means[at % d];
        }
        DMatrixRMaj covariance = new DMatrixRMaj(d, d);
        CommonOps_DDRM.multInner(centred, covariance);
        EigenDecomposition_F64<DMatrixRMaj> found = DecompositionFactory_DDRM.eig(d, true, true);
        found.decompose(covariance);
        int[] order = IntStream.range(0, d)
                .boxed()
                .sorted(Comparator.comparingDouble(j -> -found.getEigenvalue(j).getReal()))
                .mapToInt(j -> j)
                .toArray();
        FMatrixRMaj components = new FMatrixRMaj(d, count);
        for (int k = 0; k < count; k++) {
            for (int j = 0; j < d; j++) {
                components.set(j, k, (float) found.getEigenVector(order[k]).get(j));
            }
        }
        return components;
    }

    private void run(SampleTrial trial, Shards train) throws IOException {
        SampleSetting setting = trial.setting();
        for (long seed = 1; seed <= SEEDS; seed++) {
            for (SampleMethod method : SampleMethod.values()) {
                if (options.wants(setting.run(method, seed), runs)) {
                    boolean shown = setting == SampleSetting.MNIST && seed == 1 && method.kind != Kind.MIXTURE;
                    Path picture = shown && docs() ? Page.picture(method.toString()) : null;
                    put(trial.run(method, train, options, seed, picture));
                }
            }
        }
    }

    private void put(SampleRun run) throws IOException {
        System.err.printf("  %s: %s%n", run.name(), run.figures());
        runs.put(run);
    }

    private static LongStream seeds() {
        return LongStream.rangeClosed(1, SEEDS);
    }

    private static final String TEXT = """

            The figures are squared Fréchet distances of %,d synthetic rows from the digits or from MNIST's
            test images. A synthetic row is the mean that its code is decoded to. The distances are of the
            scores of %d and %d principal components, and of the codes of an autoencoder, 64-256-256-10
            and 784-500-500-2000-10. Reconstructions are of the same rows. SSIM has a window of 7 x 7 on
            images of 8 x 8, and of 11 x 11 on MNIST's. The stages of the
            MoG-VAE have 20 epochs, joint ones 100, and on MNIST all of them 10; in those with * a discriminator of reconstructions or of
            samples has the weight in the table. Accuracy is the share of rows in the component of their
            digit, by the best matching. The GAN's discriminator has
            spectral normalisation; the labels of the other discriminators are smoothed by 0.1. Empty
            cells were not measured.
            """;

    private MarkdownTable drawn(SampleSetting setting) {
        MarkdownTable table = new MarkdownTable(
                1,
                setting.title(),
                "seeds",
                "Fréchet distance, principal components",
                "codes",
                "mean squared error of reconstructions",
                "SSIM",
                "accuracy",
                "evidence lower bound",
                "seconds");
        if (setting == SampleSetting.MNIST) {
            row(table, "10,000 of the training images", Stream.of(setting.realRun()));
        }
        for (SampleMethod method : SampleMethod.values()) {
            row(table, method.title, seeds().mapToObj(seed -> setting.run(method, seed)));
        }
        return table;
    }

    private void row(MarkdownTable table, String title, Stream<String> names) {
        List<SampleRun> some = runs.find(names);
        if (some.isEmpty()) {
            return;
        }
        table.row(
                title,
                some.size(),
                Spread.ofMean("%.3f", values(some, Figure.COMPONENTS)),
                Spread.ofMean("%.3f", values(some, Figure.CODES)),
                Spread.ofMean("%.5f", values(some, Figure.ERROR)),
                Spread.ofMean("%.3f", values(some, Figure.SIMILARITY)),
                Spread.ofMean("%.3f", values(some, Figure.ACCURACY)),
                Spread.ofMean("%.2f", values(some, Figure.BOUND)),
                seconds(some));
    }

    private static String seconds(List<SampleRun> some) {
        List<Double> seconds = values(some, Figure.SECONDS);
        return seconds.isEmpty() ? "" : "%.0f".formatted(Spread.of(seconds).mean());
    }

    private static List<Double> values(List<SampleRun> some, Figure figure) {
        return some.stream()
                .map(run -> run.figures().get(figure))
                .filter(Objects::nonNull)
                .toList();
    }
}
