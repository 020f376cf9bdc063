package io.github.sparklatent.bench.race;

import io.github.sparklatent.bench.command.BenchCommand;
import io.github.sparklatent.bench.command.Globs;
import io.github.sparklatent.bench.report.MarkdownTable;
import io.github.sparklatent.bench.report.RunFile;
import io.github.sparklatent.bench.report.Spread;
import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.em.Round;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.training.MixtureTrainer;
import io.github.sparklatent.mixture.training.SearchListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What missing values cost a round of EM. */
@Command(name = "missing", description = "Seconds of an EM round with missing values.")
public final class MissingCommand extends BenchCommand {
    private static final String COMPLETE = "complete";
    private static final int ROWS = 200_000;
    private static final int COMPONENTS = 5;
    private static final int PATTERNS = 20;

    /** Seconds of uncounted fits before the first counted one of a mixture, see {@link Race}. */
    private static final double WARM = 12;

    /** Seconds of uncounted fits before the others, which have the same products. */
    private static final double LESS_WARM = 4;

    /** The variants of a table. */
    private static final Map<String, MissingCells> VARIANTS = new LinkedHashMap<>();

    static {
        VARIANTS.put(COMPLETE, new MissingCells(0, 0, 1));
        VARIANTS.put("10% at random", new MissingCells(0.1, 0, 1));
        VARIANTS.put("30% at random", new MissingCells(0.3, 0, 1));
        VARIANTS.put("10%, 20 patterns", new MissingCells(0.1, PATTERNS, 1));
        VARIANTS.put("30%, 20 patterns", new MissingCells(0.3, PATTERNS, 1));
    }

    @Mixin
    private Globs only;

    @Option(names = "--rounds", description = "EM rounds per run (${DEFAULT-VALUE}).")
    private int rounds = 20;

    /** A mixture by its name, such as {@code speed/full-8}. */
    private static Map<String, MixtureCase> mixtures() {
        Map<String, MixtureCase> mixtures = new LinkedHashMap<>();
        for (CovarianceType type : List.of(CovarianceType.FULL, CovarianceType.TIED, CovarianceType.DIAGONAL)) {
            for (int columns : new int[] {8, 16}) {
                mixtures.put(
                        "speed/%s-%d".formatted(type, columns),
                        new MixtureCase("missing", ROWS, columns, COMPONENTS, type));
            }
        }
        return mixtures;
    }

    @Override
    protected List<String> pages() {
        return List.of("missing");
    }

    @Override
    protected Map<String, String> measure() throws IOException {
        require(rounds >= 1, "--rounds is %d, expected at least 1", rounds);
        RunFile<Result> seconds = runs("missing", Result.class);
        try (SparkSession spark = session()) {
            for (Map.Entry<String, MixtureCase> one : mixtures().entrySet()) {
                if (!only.isGiven() || only.match(one.getKey())) {
                    time(one.getKey(), one.getValue(), spark, seconds);
                }
            }
        }
        return page(speed(seconds));
    }

    private void time(String name, MixtureCase problem, SparkSession spark, RunFile<Result> results)
            throws IOException {
        Dataset<Row> rows = new MixtureData(problem, DATA).table(spark);
        for (Map.Entry<String, MissingCells> variant : VARIANTS.entrySet()) {
            try (BlockTable table = BlockTable.of(
                    incomplete(rows, variant.getValue()), TableOptions.DEFAULT.withInvalid(Invalid.KEEP))) {
                List<Double> seconds = new ArrayList<>();
                double warm = 0;
                while (warm < (variant.getKey().equals(COMPLETE) ? WARM : LESS_WARM)) {
                    warm += fit(table, problem).stream()
                            .mapToDouble(Round::seconds)
                            .sum();
                }
                fit(table, problem).forEach(round -> seconds.add(round.seconds()));
                Spread spread = Spread.of(seconds);
                System.err.printf("%s, %s: %.4f s%n", name, variant.getKey(), spread.median());
                results.put(Result.of(
                        name,
                        variant.getKey(),
                        spread,
                        "jobs/bench missing --only %s --rounds %d".formatted(name, rounds)));
            }
        }
    }

    private static Dataset<Row> incomplete(Dataset<Row> rows, MissingCells cells) {
        var encoder = rows.sparkSession().implicits().newDoubleArrayEncoder();
        MapFunction<double[], double[]> remove = row -> cells.in(row, RandomStreams.hash(row, 0, row.length));
        return rows.as(encoder).map(remove, encoder).toDF("features");
    }

    private List<Round> fit(BlockTable table, MixtureCase problem) {
        return new MixtureTrainer(table.train(), null, problem.options(rounds), problem.start(), SearchListener.none())
                .fit()
                .best()
                .history();
    }

    private static String speed(RunFile<Result> results) {
        List<String> header = new ArrayList<>(List.of("covariances", "columns"));
        header.addAll(VARIANTS.keySet());
        MarkdownTable table = new MarkdownTable(1, header);
        for (Map.Entry<String, MixtureCase> one : mixtures().entrySet()) {
            Optional<Result> complete = results.find(one.getKey() + " " + COMPLETE);
            if (complete.isEmpty()) {
                continue;
            }
            List<String> cells = VARIANTS.keySet().stream()
                    .map(variant -> results.find(one.getKey() + " " + variant))
                    .map(found -> cell(found, complete))
                    .toList();
            table.row(one.getValue().covariance(), one.getValue().dimension(), cells);
        }
        return table + """

                Least seconds of a round of EM, and multiples of those of the complete table: %,d rows, %d
                components. Each value is missing by itself, or together with others in one of %d
                patterns of columns.
                """.formatted(ROWS, COMPONENTS, PATTERNS);
    }

    private static String cell(Optional<Result> found, Optional<Result> complete) {
        if (found.isEmpty() || complete.isEmpty()) {
            return "";
        }
        double seconds = found.get().low();
        return found.equals(complete)
                ? "%.4f s".formatted(seconds)
                : "%.4f s, %.1f".formatted(seconds, seconds / complete.get().low());
    }
}
