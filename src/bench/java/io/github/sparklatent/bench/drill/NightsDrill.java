package io.github.sparklatent.bench.drill;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.github.sparklatent.app.Latent;
import io.github.sparklatent.app.registry.Registry;
import io.github.sparklatent.bench.report.MarkdownTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;

/** Nights with a table of orders by days, by the commands and the configuration of the page of nights. */
@Command(name = "nights", description = "Nights with a table that drifts, breaks and recovers: retraining and scoring.")
final class NightsDrill extends DrillCommand {
    private static final LocalDate FIRST = LocalDate.parse("2026-01-01");

    /** Days before the first night. */
    private static final int BEFORE = 4;

    /** Rows of a day, of which the last ones have a price that is wrong by a factor of 10,000. */
    private static final int ROWS = 5000;

    private static final int FAULTS = 3;

    /** Columns of a row by its number n of the day, uniform numbers u1, u2, ... and normal ones z1, z2, ... */
    private static final Map<String, String> COLUMNS = Map.of(
            "order", "concat(day, '-', n)",
            "country", "substring('ABBCCCDDDDEEEEEEFFFFFFFFFF', 1 + int(26 * u1), 1)",
            "goods", "case when u2 < .5 then 'books' when u2 < .8 then 'shoes' else 'phones' end",
            "channel", "if(u3 < if(u2 < .5, .8, .3), 'web', 'shop')",
            "express", "u4 < .1",
            "items", "1 + int(-2 * ln(1 - u5))",
            "price", "round(exp(.3 * z1) * case when u2 < .5 then 12 when u2 < .8 then 70 else 500 end, 2)",
            "weight", "round(exp(.3 * z2) * if(u2 < .8, .8, .2), 3)");

    /** A fault of the last rows of a day. */
    private static final String FAULTY = "%s * if(n >= " + (ROWS - FAULTS) + ", 10000, 1)";

    /**
     * One night.
     *
     * @param what what is different in the rows of the day
     * @param changed expressions of columns that differ, by name
     * @param copies how often the day has its rows
     * @param retrained expected exit code of the retraining
     * @param scored expected exit code of scoring
     * @param said what scoring is expected to say, as a regular expression
     */
    private record Night(String what, Map<String, String> changed, int copies, int retrained, int scored, String said) {
        Night(String what, String column, String expression, int retrained, int scored, String said) {
            this(what, Map.of(column, expression), 1, retrained, scored, said);
        }
    }

    private static final String PRICE = COLUMNS.get("price");
    private static final String WEIGHT = COLUMNS.get("weight");

    private static final List<Night> NIGHTS = List.of(
            new Night("usual", Map.of(), 1, 0, 0, "price \\d{5,}"),
            new Night("prices have risen by half", "price", "1.5 * " + PRICE, 0, 0, "drift +price"),
            new Night(
                    "a new channel",
                    "channel",
                    "if(u6 < .3, 'kiosk', " + COLUMNS.get("channel") + ")",
                    0,
                    0,
                    "kiosk|unknown"),
            new Night("empty", Map.of(), 0, 0, 3, "holds for no row"),
            new Night("doubled", Map.of(), 2, 0, 0, "rows +10000 scored"),
            new Night(
                    "some weights are missing", "weight", "if(u6 < .01, null, " + WEIGHT + ")", 0, 0, "drift +weight"),
            new Night(
                    "most weights are missing", "weight", "if(u6 < .9, null, " + WEIGHT + ")", 0, 3, "data.maxMissing"),
            new Night("prices in cents", "price", "100 * " + PRICE, 3, 3, "score.maxAlertRate"),
            new Night("usual, without the broken days", Map.of(), 1, 0, 0, "price \\d{5,}"));

    /** Rows of the last retraining; the tables of the two nights before were refused. */
    private static final String WITHOUT_BROKEN = "day not in ('2026-01-11', '2026-01-12')";

    /** Exit code and output of a command. */
    private record Ended(int code, String text) {}

    @Override
    String run(Path folder, Random random) throws IOException {
        MarkdownTable table =
                new MarkdownTable(6, "rows of the day", "retrain", "champion", "score", "rows written", "said");
        Path orders = folder.resolve("orders");
        Registry registry = new Registry(new Configuration(), folder.resolve("registry") + "");
        try (SparkSession spark = SparkSession.builder().getOrCreate()) {
            spark.sparkContext().setLogLevel("ERROR");
            for (int day = 0; day < BEFORE; day++) {
                write(spark, NIGHTS.get(0), orders, day, random.nextLong());
            }
            List<Night> nights = isShort() ? NIGHTS.subList(0, 4) : NIGHTS;
            for (int i = 0; i < nights.size(); i++) {
                Night night = nights.get(i);
                String day = FIRST.plusDays(BEFORE + i).toString();
                write(spark, night, orders, BEFORE + i, random.nextLong());
                List<String> settings = new ArrayList<>(List.of("--config", "conf/nightly.conf"));
                for (String setting : List.of(
                        "data.path=\"%s\"".formatted(orders),
                        "registry.path=\"%s\"".formatted(folder.resolve("registry")),
                        "score.where=\"day = '%s'\"".formatted(day),
                        "output.path=\"%s\"".formatted(folder.resolve("alerts/night=" + day)),
                        "train.where=\"%s\"".formatted(i == NIGHTS.size() - 1 ? WITHOUT_BROKEN : "true"),
                        "output.report=false")) {
                    settings.addAll(List.of("--set", setting));
                }
                Ended retrained =
                        latent(settings, "registry", "retrain", "--run-id", day, "--set", "model.components=4");
                Ended scored = latent(settings, "score");
                expect(retrained.code() == night.retrained(), "%s: retrain ended with %d", day, retrained.code());
                expect(scored.code() == night.scored(), "%s: score ended with %d", day, scored.code());
                boolean said =
                        Pattern.compile(night.said()).matcher(scored.text()).find();
                expect(said, "%s: score did not say %s", day, night.said());
                String alerts = folder.resolve("alerts/night=" + day) + "";
                boolean hasRows = Files.exists(Path.of(alerts, "_SUCCESS"));
                expect(hasRows == (night.scored() == 0), "%s: %s", day, alerts);
                Files.writeString(folder.resolve(day + ".txt"), retrained.text() + scored.text());
                table.row(
                        night.what(),
                        List.of(
                                retrained.code() + "",
                                registry.state().champion().orElse("none"),
                                scored.code() + "",
                                hasRows ? spark.read().parquet(alerts).count() + "" : "none",
                                scored.text()
                                        .lines()
                                        .filter(line -> Pattern.compile(night.said())
                                                .matcher(line)
                                                .find())
                                        .findFirst()
                                        .orElse("")
                                        .strip()));
            }
        }
        return table.toString();
    }

    private static Ended latent(List<String> settings, String... command) {
        List<String> words = new ArrayList<>(List.of(command));
        words.addAll(settings);
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (PrintStream both = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            System.setOut(both);
            System.setErr(both);
            int code = Latent.run(words.toArray(String[]::new));
            return new Ended(code, said.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    /** Writes the partition of a day. */
    private static void write(SparkSession spark, Night night, Path orders, int day, long seed) {
        String date = FIRST.plusDays(day).toString();
        Dataset<Row> rows = spark.range(0, ROWS, 1, 1).toDF("n").withColumn("day", lit(date));
        for (int i = 1; i <= 6; i++) {
            rows = rows.withColumn("u" + i, expr("rand(%d)".formatted(seed + i)));
        }
        for (int i = 1; i <= 2; i++) {
            rows = rows.withColumn("z" + i, expr("randn(%d)".formatted(seed - i)));
        }
        for (String name : COLUMNS.keySet().stream().sorted().toList()) {
            String expression = night.changed().getOrDefault(name, COLUMNS.get(name));
            rows = rows.withColumn(name, expr(name.equals("price") ? FAULTY.formatted(expression) : expression));
        }
        rows = rows.select(
                COLUMNS.keySet().stream().sorted().map(name -> col(name)).toArray(Column[]::new));
        Dataset<Row> all = rows.limit(0);
        for (int i = 0; i < night.copies(); i++) {
            all = all.union(rows);
        }
        if (night.copies() > 0) {
            all.coalesce(1).write().parquet(orders.resolve("day=" + date) + "");
        }
    }
}
