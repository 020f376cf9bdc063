package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Commands with a table and a preset, without a configuration. */
class TablesWithoutConfigurationTest extends CommandTest {
    private static final Path OUT = Path.of("out");
    private static final int FAULTY = 7;

    /** A name that no other test has, because results go to the folder out of the project. */
    private String name() {
        return folder.getFileName().toString();
    }

    @AfterEach
    void removeResults() throws IOException {
        if (!Files.exists(OUT)) {
            return;
        }
        try (Stream<Path> results = Files.list(OUT)) {
            for (Path result : results.filter(
                            path -> path.getFileName().toString().contains(name()))
                    .toList()) {
                try (Stream<Path> files = Files.walk(result)) {
                    files.sorted(Comparator.reverseOrder())
                            .forEach(file -> file.toFile().delete());
                }
            }
        }
    }

    /** Two groups of towns and sizes; one row has the size of the other town. */
    private String table(String file, String separator) {
        String[] lines = new String[161];
        lines[0] = String.join(separator, "person", "town", "size", "since");
        for (int i = 0; i < 160; i++) {
            boolean big = i % 2 == 0;
            double size = (big != (i == FAULTY) ? 30 : 10) + Math.sin(3 * i);
            lines[i + 1] = String.join(
                    separator,
                    "p" + i,
                    big ? "Rome" : "Oslo",
                    "%.2f".formatted(size),
                    "2024-%02d-%02d".formatted(1 + i % 12, 1 + i * 5 % 28));
        }
        return write(file, lines);
    }

    private static final String[] QUICK = {
        "--set", "model.components=2", "--set", "output.report=false", "--set", "train.partitions=1"
    };

    private static Ended typed(String command, String table, String... more) {
        return latent(Stream.of(new String[] {command, table}, more)
                .flatMap(Arrays::stream)
                .toArray(String[]::new));
    }

    @Test
    void aTableIsTrainedScoredAndSampled() throws IOException {
        String table = table(name() + ".csv", ";");
        String result = "out/" + name() + "-groups";
        Ended trained = done(typed("train", table, QUICK));
        assertThat(trained.err())
                .contains(
                        table
                                + " is csv with the separator \";\" and a header: \"size\" stands"
                                + " above values such as ",
                        "The model is a mixture, because it models numbers, categories and dates",
                        "next      jobs/latent score " + table + " --set output.report=false\n",
                        "          jobs/latent inspect " + table,
                        "          jobs/latent sample " + table);
        assertThat(trained.out()).contains("result    " + result + "\n");

        Ended scored = done(typed("score", table));
        assertThat(scored.err()).contains("The model is " + result + ", trained on " + table);
        assertThat(scored.out())
                .contains("result    " + result + "-scores, csv\n")
                .containsPattern(
                        "anomalies \\d+ of 160 rows, [\\d.]+% \\(expected 1.00%, ratio [\\d.]+\\); the most anomalous, with the top"
                                + " contributing columns:\n"
                                + " +p"
                                + FAULTY
                                + ", Oslo, [\\d.]+, 2024-[-\\d]+: .*expected");
        List<String> lines = lines(result + "-scores");
        assertThat(lines.get(0)).startsWith("person;town;size;since;prediction;anomalyScore;severity;");
        assertThat(lines).hasSize(161);

        assertThat(done(typed("inspect", table)).out()).contains("path      ", result);
        done(typed("sample", table, "--set", "sample.rows=20"));
        assertThat(lines(result + "-sample")).hasSize(21);
        done(typed("evaluate", table));
        assertThat(Path.of(result + "-evaluation", "metrics.json")).exists();

        // The same command replaces its own result; the options of training stay out of the next.
        assertThat(done(score(table, "data.id=PERSON")).out()).containsPattern(" p" + FAULTY + ": .*expected");
        Ended again = done(typed("train", table, QUICK));
        assertThat(again.err()).doesNotContain("next      jobs/latent score " + table + " --set model");

        // Another table with the same name does not replace it.
        String other = table("other/" + name() + ".csv", ";");
        assertRefused(
                typed("train", other, QUICK),
                2,
                result + " is the result of another table, " + table + "; to keep it, name another",
                "--set output.overwrite=true");
        // But it can be scored: it is next month's table.
        assertThat(done(typed("score", other)).err()).contains("trained on " + table);
    }

    private static List<String> lines(String result) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(result))) {
            for (Path file : files.filter(f -> f.getFileName().toString().endsWith(".csv"))
                    .toList()) {
                return Files.readAllLines(file);
            }
        }
        throw new AssertionError("no csv in " + result);
    }

    @Test
    void presetsHaveResultsOfTheirOwn() {
        String table = table(name() + ".csv", ",");
        assertRefused(
                typed("score", table),
                3,
                "there is no model of " + table + ", expected the result out/" + name() + "-groups",
                "train one: jobs/latent train " + table);
        Ended trained = done(typed("train", table, with(QUICK, "--preset", "anomalies")));
        assertThat(trained.err())
                .contains(
                        "Preset anomalies finds anomalous rows and names the top contributing columns",
                        "next      jobs/latent score " + table + " --preset anomalies");
        // The only model needs no name, and score has the columns of its preset.
        Ended scored = done(typed("score", table));
        assertThat(scored.out()).contains("columns   anomalyScore, severity, isAnomaly, contribution_1");
        done(typed("train", table, QUICK));
        // Of several, the newest is used and named.
        Ended newest = done(typed("score", table));
        assertThat(newest.err())
                .contains("The model is out/" + name() + "-groups, trained on " + table + ", the newest of 2 results");
        assertThat(done(typed("score", table, "--preset", "anomalies")).err())
                .contains("The model is out/" + name() + "-anomalies");

        // A model of another table.
        String next = table("next" + name() + ".csv", ",");
        assertRefused(typed("score", next), 3, "name another result, for example out/");
        String model = "out/" + name() + "-anomalies";
        Ended other = done(typed("score", next, model));
        assertThat(other.out())
                .contains(
                        "result    out/next" + name() + "-scores, csv",
                        "columns   anomalyScore, severity, isAnomaly, contribution_1");
        done(latent("sample", model, "--set", "sample.rows=5"));
        assertThat(Path.of(model + "-sample")).exists();
    }

    /** Alerts, the most anomalous rows, or those of a condition are a part of all scored rows. */
    @Test
    void aPartOfTheRowsIsWritten() throws IOException {
        String table = table(name() + ".csv", ";");
        done(typed("train", table, QUICK));
        String scores = "out/" + name() + "-groups-scores";
        done(typed("score", table));
        List<String> all = lines(scores);
        List<String> columns = List.of(all.get(0).split(";"));
        int severity = columns.indexOf("severity");
        int alert = columns.indexOf("isAnomaly");

        Ended alerts = done(score(table, "score.only=anomalies", "score.alertRate=0.1"));
        assertThat(alerts.out()).containsPattern("anomalies \\d+ of 160 rows");
        List<String> flagged = lines(scores);
        assertThat(flagged.size()).isBetween(2, 40);
        assertThat(flagged.subList(1, flagged.size())).allMatch(line -> line.split(";")[alert].equals("true"));

        Ended none = done(score(table, "score.only=anomalies", "score.threshold=1e9"));
        assertThat(none.out()).contains("rows      160 scored, 0 skipped").contains("anomalies 0 of 160 rows");
        assertThat(lines(scores)).containsExactly(all.get(0));

        done(score(table, "score.top=7"));
        List<String> most = lines(scores);
        double seventh = all.stream()
                .skip(1)
                .map(line -> Double.valueOf(line.split(";")[severity]))
                .sorted(Comparator.reverseOrder())
                .toList()
                .get(6);
        assertThat(most).hasSize(8);
        assertThat(most.subList(1, 8)).allMatch(line -> Double.parseDouble(line.split(";")[severity]) >= seventh);
        assertThat(all).containsAll(most);

        Ended some = done(score(table, "score.where=town = 'Oslo' and try_cast(size as double) > 0"));
        assertThat(some.out())
                .contains("rows      80 scored, 0 skipped", "where     town = 'Oslo' and try_cast(size as double) > 0");
        assertRefused(
                score(table, "score.where=size > 0"),
                2,
                "score.where is \"size > 0\", which fails in the first rows: ",
                "is a number by try_cast(NAME as double)");
        assertRefused(score(table, "score.where=town = 'Rom'"), 3, "score.where");
        assertThat(lines(scores).subList(1, 81)).allMatch(line -> line.contains(";Oslo;"));

        assertRefused(
                score(table, "score.where=city = 1"),
                2,
                "score.where is \"city = 1\", expected a condition of Spark SQL on the columns person, town, size, since");
        assertRefused(
                score(table, "score.top=5", "score.only=anomalies"),
                2,
                "score.top is set, but score.only is anomalies: remove one of them");
        assertRefused(score(table, "score.top=0"), 2, "score.top is 0, must be an integer >= 1");
        assertRefused(score(table, "score.only=some"), 2, "score.only is \"some\", must be anomalies");
        assertRefused(
                score(table, "score.only=anomalies", "score.columns=severity"),
                2,
                "score.only, top, alerts and maxAlertRate need the column isAnomaly, but score.columns is [severity]: add it");
    }

    @Test
    void aPartOfTheRowsIsTrainedOn() {
        String table = table(name() + ".csv", ";");
        String where = "train.where=town = 'Rome' or try_cast(size as double) > 11";
        Ended trained = done(typed("train", table, with(QUICK, set(where, "train.sampleRows=50"))));
        assertThat(trained.out()).containsPattern("train     7\\d rows, fitted to [45]\\d of them, ");
        assertRefused(
                typed("train", table, with(QUICK, set("train.where=city = 1"))),
                2,
                "train.where is \"city = 1\", expected a condition of Spark SQL on the columns person, town, size, since");
        assertRefused(typed("train", table, with(QUICK, set("train.where=town = 'Rom'"))), 3, "train.where");
        assertRefused(
                typed("train", table, with(QUICK, set("train.where=size > 0"))),
                2,
                "train.where",
                "fails in the first rows");
        assertRefused(
                typed("train", table, with(QUICK, set("train.sampleRows=0"))),
                2,
                "train.sampleRows is 0, must be an integer >= 1");
    }

    private static Ended score(String table, String... settings) {
        return typed("score", table, set(settings));
    }

    private static String[] set(String... settings) {
        return Stream.of(settings)
                .flatMap(setting -> Stream.of("--set", setting))
                .toArray(String[]::new);
    }

    /** A table that has changed is scored and reported, unless it has changed more than the limits allow. */
    @Test
    void aChangedTableIsReported() throws IOException {
        String table = table(name() + ".csv", ";");
        done(typed("train", table, QUICK));
        String scores = "out/" + name() + "-groups-scores";
        assertThat(done(typed("score", table)).out()).doesNotContain("drift ");
        List<String> before = lines(scores);
        List<String> rows = new ArrayList<>(Files.readAllLines(Path.of(table)));
        rows.set(4, rows.get(4).replaceFirst(";[^;]*;([^;]*)$", ";;$1"));
        write(name() + ".csv", rows.toArray(String[]::new));
        String[] limits = {"--set", "data.maxMissing=0.1", "--set", "score.maxAlertRate=1"};
        for (String preset : List.of("groups", "anomalies")) {
            Ended one =
                    done(typed("score", table, "--preset", preset, "--set", "model.path=out/" + name() + "-groups"));
            assertThat(one.out()).contains("drift     size: PSI 0.000, missing 0.625% (training 0.00%)");
        }
        write(
                name() + ".csv",
                rows.stream()
                        .map(row -> row.replaceFirst("(.*;)([123])(\\d\\.\\d\\d;)", "$19$3"))
                        .toArray(String[]::new));
        Ended moved = done(typed(
                "score",
                table,
                Stream.of(limits, new String[] {"--json"}).flatMap(Stream::of).toArray(String[]::new)));
        assertThat(moved.out())
                .containsPattern("\"drift\":\\[.*\"column\":\"size\",\"psi\":\\d\\.\\d+,.*\"drifted\":true");
        before = lines(scores);
        assertRefused(
                score(table, "score.maxAlertRate=0.02"),
                3,
                "of the rows are alerts, expected at most 2.0% (score.maxAlertRate); drifted columns: size");
        assertRefused(
                score(table, "data.maxMissing=0.001"),
                3,
                "column \"size\" has 0.63% missing values, expected at most 0.10% (data.maxMissing)");
        assertThat(lines(scores)).isEqualTo(before);
        assertRefused(typed("evaluate", table, "--set", "data.maxMissing=0"), 3, "column \"size\" has 0.63%");
        assertThat(done(typed("evaluate", table)).out()).contains("drift     size: PSI ");
        assertRefused(score(table, "data.maxMissing=1"), 2, "data.maxMissing is 1, must be");
        assertRefused(score(table, "score.maxAlertRate=0"), 2, "score.maxAlertRate is 0, must be");
        assertRefused(score(table, "score.maxAlertRate=0.005"), 2, "score.maxAlertRate is below score.alertRate");
        assertRefused(
                score(table, "score.maxAlertRate=0.1", "score.columns=severity"),
                2,
                "need the column isAnomaly, but score.columns is [severity]: add it");
    }

    /** The numbers of the model decide, whatever else a new table has. */
    @Test
    void aModelOfNumbersScoresATableWithTexts() {
        String[] numbers = new String[81];
        String[] more = new String[81];
        numbers[0] = "a,b,c";
        more[0] = "a,b,c,note";
        for (int i = 1; i <= 80; i++) {
            numbers[i] = "%.3f,%.3f,%d".formatted(Math.sin(3 * i), Math.cos(5 * i), i % 7);
            more[i] = (i == 9 ? numbers[i].replaceFirst(",[^,]*", ",") : numbers[i]) + ",text" + i;
        }
        Ended trained = done(typed(
                "train",
                write(name() + ".csv", numbers),
                "--preset",
                "anomalies",
                "--set",
                "model.robust=none",
                "--set",
                "output.report=false"));
        assertThat(trained.err())
                .contains("many small components score a number and its rank")
                .doesNotContain("latent sample");
        Ended scored = done(typed("score", write("next" + name() + ".csv", more), "out/" + name() + "-anomalies"));
        assertThat(scored.out()).contains("columns   anomalyScore, severity, isAnomaly, contribution_1");
    }

    @Test
    void aDryRunExplainsThePreset() {
        String table = table(name() + ".csv", ",");
        Ended dry = done(typed("train", table, "--preset", "generate", "--dry-run"));
        assertThat(dry.err())
                .contains("Preset generate generates rows that look like those of the table")
                .containsPattern("model.leafRows = 10 +# more hide single rows better");
        assertThat(dry.out())
                .contains(
                        "within = trees  # preset generate",
                        "separator = \",\"  # recognised in " + table,
                        "path = \"out/" + name() + "-generate\"  # default for " + table,
                        "seed = 1  # default");
        assertThat(Path.of("out/" + name() + "-generate")).doesNotExist();
    }

    @Test
    void aFileWinsOverThePresetAndTheTableAndSetOverBoth() {
        String table = table(name() + ".csv", ",");
        String other = table("other.csv", ";");
        String file = configuration(
                "model.components = 3, data { path = \"" + other + "\", separator = \",\" }",
                "data.header = true, train.maxRounds = 9",
                "output.path = \"DIR/result\"");
        Ended dry = done(typed(
                "train", table, "--config", file, "--preset", "anomalies", "--set", "train.maxRounds=8", "--dry-run"));
        assertThat(dry.out())
                .contains(
                        "type = mixture  # preset anomalies",
                        "components = 3  # " + file + ":1",
                        "path = \"" + table + "\"  # " + table,
                        "format = csv  # recognised in " + table,
                        "maxRounds = 8  # --set",
                        "path = \"" + folder.resolve("result") + "\"  # " + file + ":3",
                        "overwrite = false  # default");
        // A positional name that ends in .conf is the configuration.
        assertThat(typed("train", file, "--dry-run").out()).contains("maxRounds = 9  # " + file);
        assertRefused(typed("train", file, "--config", file), 2, "is a second configuration beside that of --config");
        // The model of the file is another one of the preset, or none of them.
        String gmm = write("gmm.conf", "model.type = gmm, data.features = [size]");
        assertThat(done(typed("train", table, "--config", gmm, "--preset", "anomalies", "--dry-run"))
                        .out())
                .contains("invalid = keep  # preset anomalies", "robust = refit  # preset anomalies");
        String network = write("network.conf", "model { type = vae, latent = 1 }, data.features = [size]");
        Ended type = typed("train", table, "--config", network, "--preset", "anomalies", "--dry-run");
        assertThat(done(type).err())
                .contains("preset anomalies for its model mixture are not used, because model.type is");
        assertThat(type.out()).contains("invalid = keep  # preset anomalies", "latent = 1  # " + network);
    }

    @Test
    void mistakesAreReportedBeforeSparkStarts() {
        String table = table(name() + ".csv", ",");
        assertRefused(
                typed("train", table.replace(".csv", ".cvs")),
                3,
                "does not exist, expected a table (did you mean " + name() + ".csv?)");
        write("mixed/a.csv", "a,1");
        write("mixed/b.json", "{}");
        assertRefused(typed("train", folder.resolve("mixed").toString()), 3, "files of different formats");
        assertRefused(typed("train", table, "--set", "model.componentz=3"), 2, "--set: model.componentz is not a key");
        assertRefused(typed("inspect", table, "--preset", "compress"), 3, name() + "-compress");
        assertRefused(typed("inspect", table, "--preset", "compres"), 2, "(did you mean compress?)");
    }

    @Test
    void aFolderOfParquetFilesWithNumbersIsCompressedByPpca() throws IOException {
        String csv = write("n.csv", "x,y,z", "1,2,3");
        Path parquet = folder.resolve(name());
        spark.read()
                .option("header", true)
                .option("inferSchema", true)
                .csv(csv)
                .selectExpr("x", "double(y) y", "bigint(z) z", "explode(sequence(1, 30)) i")
                .selectExpr("sin(i) x", "y + cos(i) y", "i * z + sin(5 * i) z", "cos(2 * i) a", "sin(3 * i) b")
                .selectExpr("*", "x * y c", "x * z d", "y * z e", "a * b f", "monotonically_increasing_id() key")
                .write()
                .parquet(parquet.toString());
        Map<String, String> types =
                Map.of("data.id=key", "ppca", "data.columns.key=ignore", "ppca", "data.columns.f=category", "vae");
        types.forEach((further, type) -> {
            Ended dry = done(typed("train", parquet.toString(), "--preset", "compress", "--dry-run", "--set", further));
            assertThat(dry.err()).contains(parquet + " is parquet");
            assertThat(dry.out()).contains("type = " + type + "  # preset compress");
        });
        done(typed("train", parquet.toString(), "--preset", "compress", "--set", "data.id=key"));
        assertThat(done(typed("score", parquet.toString(), "--set", "data.id=key"))
                        .out())
                .contains("columns   latent, reconstructionError, anomalyScore", "-scores, parquet");
        // A model that was copied without its result still says its type.
        Path alone = folder.resolve("alone" + name());
        FileUtils.copyDirectory(OUT.resolve(name() + "-compress/model").toFile(), alone.toFile());
        assertThat(done(typed("score", parquet.toString(), alone.toString(), "--set", "data.id=key"))
                        .out())
                .contains("columns   ");
    }
}
