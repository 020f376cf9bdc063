package io.github.sparklatent.bench.networks;

import io.github.sparklatent.metrics.AreaUnderRoc;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.apache.spark.sql.SparkSession;
import org.ejml.data.FMatrixRMaj;

/** What trained networks are good for: finding strange rows, mending rows, drawing tables. */
final class Useful implements Measurement {
    /** Seed 1 is not among them: with it the networks were chosen. */
    private static final long FIRST = 2;

    private static final int SEEDS = 5;

    private final NetworkOptions options;
    private final StringBuilder out = new StringBuilder();

    Useful(NetworkOptions options) {
        this.options = options;
    }

    @Override
    public void run(SparkSession spark) throws IOException {
        FMatrixRMaj digits = Digits.read();
        int seeds = (int) options.limit(SEEDS);
        anomalies(digits, Digits.shrunk(Images.test(options.data()).rows()), seeds);
        denoising(digits, seeds);
        drawn(seeds);
    }

    private void anomalies(FMatrixRMaj digits, FMatrixRMaj other, int seeds) {
        out.append("| area under the ROC curve, 5% of the digits replaced by |");
        List.of(Strangers.values()).forEach(kind -> out.append(" %s |".formatted(kind)));
        out.append("\n| --- |").append(" ---: |".repeat(Strangers.values().length)).append("\n");
        for (Detector detector : Detector.values()) {
            out.append("| %s |".formatted(detector));
            for (Strangers kind : Strangers.values()) {
                List<Double> areas = new ArrayList<>();
                for (long seed = FIRST; seed < FIRST + seeds; seed++) {
                    Strangers.Table table = kind.among(digits, other, seed);
                    double[] scores = detector.scores(table.rows(), seed);
                    areas.add(AreaUnderRoc.of(scores, table.strange()));
                }
                System.err.printf("  %s, %s: %s%n", detector, kind, areas);
                out.append(" %s |".formatted(range("%.3f", areas)));
            }
            out.append("\n");
        }
    }

    private void denoising(FMatrixRMaj digits, int seeds) {
        List<Denoising> all =
                LongStream.range(FIRST, FIRST + seeds)
                        .mapToObj(s -> Denoising.of(digits, s))
                        .toList();
        out.append(
                """

                | denoising digits, noise of deviation %s | mean squared error | lower by a factor of |
                | --- | ---: | ---: |
                """
                        .formatted(Denoising.NOISE));
        denoising("damaged", all, Denoising::damaged);
        denoising("restored by an autoencoder 64-256-32", all, Denoising::restored);
        denoising(
                "restored by a MoG-VAE 64-256-32, %d components".formatted(Denoising.COMPONENTS),
                all,
                Denoising::byMixture);
    }

    private void denoising(String title, List<Denoising> all, ToDoubleFunction<Denoising> error) {
        List<Double> factors = all.stream().map(d -> d.damaged() / error.applyAsDouble(d)).toList();
        out.append(
                "| %s | %s | %s |\n"
                        .formatted(
                                title,
                                range("%.4f", all.stream().map(error::applyAsDouble).toList()),
                                range("%.1f", factors)));
    }

    private void drawn(int seeds) {
        out.append("\n| a table of mixed columns: distance from the ");
        out.append(
                "%,d rows trained on | of %,d rows drawn from the network | "
                        .formatted(MixedTable.ROWS, MixedTable.ROWS));
        out.append("of as many further rows |\n| --- | ---: | ---: |\n");
        List<Map<String, Double>> drawn = new ArrayList<>();
        List<Map<String, Double>> real = new ArrayList<>();
        for (long seed = FIRST; seed < FIRST + seeds; seed++) {
            FMatrixRMaj rows = MixedTable.draw(seed);
            drawn.add(MixedTable.distances(rows, MixedTable.generated(rows, seed)));
            real.add(MixedTable.distances(rows, MixedTable.draw(-seed)));
        }
        for (String column : drawn.get(0).keySet()) {
            out.append(
                    "| %s | %s | %s |\n"
                            .formatted(
                                    column,
                                    range("%.3f", drawn.stream().map(d -> d.get(column)).toList()),
                                    range("%.3f", real.stream().map(d -> d.get(column)).toList())));
        }
    }

    /** Mean, least and greatest. */
    private static String range(String format, List<Double> values) {
        String text = format + " (" + format + " to " + format + ")";
        return String.format(
                Locale.ROOT,
                text,
                values.stream().mapToDouble(v -> v).average().orElseThrow(),
                values.stream().mapToDouble(v -> v).min().orElseThrow(),
                values.stream().mapToDouble(v -> v).max().orElseThrow());
    }

    @Override
    public String text() {
        return out
                + """

                Means, least and greatest of %d seeds, none of them the one that the networks were chosen
                with; every detector is fitted to the same rows
                that it scores, strangers among them. Distances of numbers are the greatest
                difference of the two distribution functions (Kolmogorov and Smirnov), of counts
                and categories half the sum of the differences of shares (total variation).
                """
                        .formatted((int) options.limit(SEEDS));
    }
}
