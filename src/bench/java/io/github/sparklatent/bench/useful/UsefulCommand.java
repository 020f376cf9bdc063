package io.github.sparklatent.bench.useful;

import io.github.sparklatent.bench.command.BenchCommand;
import io.github.sparklatent.bench.command.MnistFolder;
import io.github.sparklatent.bench.data.Digits;
import io.github.sparklatent.bench.data.Images;
import io.github.sparklatent.bench.report.MarkdownTable;
import io.github.sparklatent.bench.report.Spread;
import io.github.sparklatent.metrics.AreaUnderRoc;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What trained networks are used for: anomaly scores, denoising, and drawing tables. */
@Command(name = "useful", description = "Anomaly scores, denoising and drawn tables, on the embedded digits.")
public final class UsefulCommand extends BenchCommand {
    /** The networks were chosen with seed 1. */
    private static final long FIRST = 2;

    @Mixin
    private MnistFolder mnist;

    @Option(names = "--seeds", description = "Seeds (${DEFAULT-VALUE}).")
    private int count = 5;

    @Override
    protected Map<String, String> measure() throws IOException {
        require(count >= 1, "--seeds is %d, expected at least 1", count);
        FMatrixRMaj digits = Digits.read().rows();
        FMatrixRMaj other = Digits.shrunk(Images.test(mnist.path()).rows());
        return page(anomalies(digits, other) + "\n" + denoising(digits) + "\n" + drawn() + """

                        The table has the mean, the least and the greatest of %d seeds. The networks were
                        chosen with another seed. Every detector is fitted to the rows that it scores,
                        including the anomalies. Distances of numbers are the greatest difference of the
                        two distribution functions (Kolmogorov and Smirnov). Distances of counts and
                        categories are half the sum of the differences of shares (total variation).
                        """.formatted(count));
    }

    private List<Long> seeds() {
        return LongStream.range(FIRST, FIRST + count).boxed().toList();
    }

    private MarkdownTable anomalies(FMatrixRMaj digits, FMatrixRMaj other) {
        List<String> header = new ArrayList<>();
        header.add("area under the ROC curve, 5% of the digits replaced by");
        Stream.of(Anomalies.values()).forEach(type -> header.add(type.toString()));
        MarkdownTable table = new MarkdownTable(1, header);
        for (Detector detector : Detector.values()) {
            List<String> cells = new ArrayList<>();
            for (Anomalies type : Anomalies.values()) {
                List<Double> areas = new ArrayList<>();
                for (long seed : seeds()) {
                    Anomalies.Table mixed = type.among(digits, other, seed);
                    double[] scores = detector.scores(mixed.rows(), seed);
                    areas.add(AreaUnderRoc.of(scores, mixed.anomalous()));
                }
                System.err.printf("  %s, %s: %s%n", detector, type, areas);
                cells.add(Spread.ofMean("%.3f", areas));
            }
            table.row(detector, cells);
        }
        return table;
    }

    private MarkdownTable denoising(FMatrixRMaj digits) {
        List<Denoising> all =
                seeds().stream().map(seed -> Denoising.of(digits, seed)).toList();
        MarkdownTable table = new MarkdownTable(
                1,
                "denoising digits, noise of deviation " + Denoising.NOISE,
                "mean squared error",
                "lower by a factor of");
        denoising(table, "noisy", all, Denoising::noisy);
        denoising(table, "denoised by an autoencoder 64-256-32", all, Denoising::byAutoencoder);
        denoising(
                table,
                "denoised by a MoG-VAE 64-256-32, %d components".formatted(Denoising.COMPONENTS),
                all,
                Denoising::byMixture);
        return table;
    }

    private static void denoising(
            MarkdownTable table, String title, List<Denoising> all, Function<Denoising, Double> error) {
        List<Double> factors = all.stream().map(d -> d.noisy() / error.apply(d)).toList();
        table.row(title, Spread.ofMean("%.4f", all.stream().map(error).toList()), Spread.ofMean("%.1f", factors));
    }

    private MarkdownTable drawn() {
        List<Map<String, Double>> drawn = new ArrayList<>();
        List<Map<String, Double>> real = new ArrayList<>();
        for (long seed : seeds()) {
            FMatrixRMaj rows = MixedTable.draw(seed);
            drawn.add(MixedTable.distances(rows, MixedTable.generated(rows, seed)));
            real.add(MixedTable.distances(rows, MixedTable.draw(-seed)));
        }
        String rows = "%,d rows".formatted(MixedTable.ROWS);
        MarkdownTable table = new MarkdownTable(
                1,
                "a table of mixed columns: distance from the " + rows + " trained on",
                "of " + rows + " drawn from the network",
                "of as many further rows");
        for (String column : drawn.get(0).keySet()) {
            table.row(
                    column,
                    Spread.ofMean("%.3f", drawn.stream().map(d -> d.get(column)).toList()),
                    Spread.ofMean("%.3f", real.stream().map(d -> d.get(column)).toList()));
        }
        return table;
    }
}
