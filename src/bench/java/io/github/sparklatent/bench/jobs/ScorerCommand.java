package io.github.sparklatent.bench.jobs;

import io.github.sparklatent.bench.command.BenchCommand;
import io.github.sparklatent.bench.report.MarkdownTable;
import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.ml.core.LatentEstimator;
import io.github.sparklatent.ml.core.LatentModel;
import io.github.sparklatent.ml.linear.FactorAnalysis;
import io.github.sparklatent.ml.mixture.mixed.Mixture;
import io.github.sparklatent.ml.network.VariationalAutoencoder;
import io.github.sparklatent.scoring.Scorer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;

/** What a row costs that a Java program scores without Spark, beside a row of a job. */
@Command(name = "scorer", description = "Microseconds of a row that is scored without Spark.")
public final class ScorerCommand extends BenchCommand {
    private static final String TABLE = "conf/data/adult.csv.gz";
    private static final int REPEATS = 9;

    @Override
    protected Map<String, String> measure() throws IOException {
        MarkdownTable table = new MarkdownTable(
                1,
                "model",
                "scores and severity, µs",
                "with reasons of every row, µs",
                "the same scores by `transform`, two cores, µs");
        try (SparkSession spark = session()) {
            Dataset<Row> rows = spark.read().csv(TABLE).cache();
            rows.count();
            List<Map<String, Object>> cells = cells(rows);
            LatentEstimator<?, ?> mixture = new Mixture();
            mixture.put("k", new String[] {"8"});
            add(table, "mixture of 8 components", mixture, rows, cells);
            LatentEstimator<?, ?> factors = new FactorAnalysis();
            factors.put("latent", 5);
            add(table, "factor analysis, 5 factors", factors, rows, cells);
            add(table, "variational autoencoder", new VariationalAutoencoder(), rows, cells);
        }
        return page(table + """

                One thread scores the 5,000 rows of `%s` one by one, as texts of 15 columns; the best of %d passes.
                The job reads the rows from memory.
                """.formatted(TABLE, REPEATS));
    }

    private static void add(
            MarkdownTable table,
            String name,
            LatentEstimator<?, ?> estimator,
            Dataset<Row> rows,
            List<Map<String, Object>> cells)
            throws IOException {
        estimator.setInputCols(rows.columns());
        estimator.put("handleInvalid", "keep");
        estimator.setSeverityCol("severity");
        estimator.put("anomalyScoreCol", "anomalyScore");
        estimator.put("seed", 1L);
        if (Arrays.stream(estimator.params()).anyMatch(param -> param.name().equals("fitMethod"))
                && estimator instanceof FactorAnalysis) {
            estimator.put("fitMethod", "em");
        }
        LatentModel<?> model = (LatentModel<?>) estimator.fit(rows);
        Path path = DATA.resolve("scorer-model");
        model.write().overwrite().save(path.toString());
        Scorer scorer = Scorer.load(path);
        Scorer scores = scorer.computing(ScoreColumn.ANOMALY, ScoreColumn.SEVERITY);
        Scorer reasons = scorer.computing(ScoreColumn.ANOMALY, ScoreColumn.SEVERITY, ScoreColumn.CONTRIBUTIONS);
        double ofScores = seconds(() -> cells.forEach(scores::score));
        double ofReasons = seconds(() -> cells.forEach(reasons::score));
        model.setIsAnomalyCol("");
        model.setContributionsCol("");
        double ofSpark = seconds(() ->
                model.transform(rows).write().format("noop").mode("overwrite").save());
        table.row(name, micros(ofScores, cells), micros(ofReasons, cells), micros(ofSpark, cells));
    }

    private static String micros(double seconds, List<?> rows) {
        return "%.3g".formatted(seconds * 1e6 / rows.size());
    }

    private static double seconds(Runnable pass) {
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < REPEATS; i++) {
            long start = System.nanoTime();
            pass.run();
            best = Math.min(best, (System.nanoTime() - start) / 1e9);
        }
        return best;
    }

    private static List<Map<String, Object>> cells(Dataset<Row> rows) {
        String[] names = rows.columns();
        List<Map<String, Object>> cells = new ArrayList<>();
        for (Row row : rows.collectAsList()) {
            Map<String, Object> own = new HashMap<>();
            for (String name : names) {
                own.put(name, row.getAs(name));
            }
            cells.add(own);
        }
        return cells;
    }
}
