package io.github.sparklatent.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.Families;
import io.github.sparklatent.ml.anomaly.AnomalySeverity;
import io.github.sparklatent.ml.columns.FeatureAssembler;
import io.github.sparklatent.ml.core.LatentModel;
import io.github.sparklatent.ml.core.ModelFamilies;
import io.github.sparklatent.ml.linear.ProbabilisticPca;
import io.github.sparklatent.ml.mixture.mixed.Mixture;
import io.github.sparklatent.ml.network.NetworkFamily;
import io.github.sparklatent.ml.network.VariationalAutoencoder;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that are scored without Spark have the bits of rows that Spark scores. */
@Tag("slow")
class ScorerTest {
    private static final String TYPES =
            "i int, l long, f float, d double, m decimal(9,2), t boolean, w string, n string,"
                    + " day date, at timestamp, local timestamp_ntz, v array<float>, s struct<x:double,y:string>";
    private static final int ROWS = 400;

    private static SparkSession spark;
    private static Dataset<Row> table;

    @TempDir
    Path folder;

    @BeforeAll
    static void rows() {
        spark = LocalSpark.session();
        Random random = new Random(5);
        LocalDateTime start = LocalDateTime.of(2023, 1, 31, 4, 5, 6);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            Object[] values = {
                random.nextInt(50) - 25,
                random.nextLong() >> 20,
                random.nextFloat(),
                random.nextGaussian(),
                BigDecimal.valueOf(random.nextInt(100_000), 2),
                random.nextBoolean(),
                "level " + random.nextInt(5),
                random.nextInt(9) == 0 ? "?" : " " + random.nextInt(900) / 8.0,
                Date.valueOf(start.toLocalDate().plusDays(random.nextInt(700))),
                Timestamp.valueOf(
                        start.plusSeconds(random.nextInt(10_000_000)).withNano(random.nextInt(999) * 1_000_000)),
                start.plusSeconds(random.nextInt(10_000_000)),
                List.of(random.nextFloat(), random.nextFloat()),
                RowFactory.create(random.nextDouble(), random.nextBoolean() ? "yes" : "no")
            };
            for (int j = 0; j < 11; j++) {
                values[j] = random.nextInt(12) == 0 ? null : values[j];
            }
            rows.add(RowFactory.create(values));
        }
        table = spark.createDataFrame(rows, StructType.fromDDL(TYPES)).cache();
    }

    /** Returns a row as a Java program has it. */
    private static Map<String, Object> cells(Row row, String... names) {
        Map<String, Object> cells = new HashMap<>();
        for (String name : names) {
            Object value = row.getAs(name);
            cells.put(
                    name,
                    value instanceof Row struct
                            ? cells(struct, struct.schema().fieldNames())
                            : value instanceof scala.collection.Seq<?> ? row.getList(row.fieldIndex(name)) : value);
        }
        return cells;
    }

    /** Compares all columns that a saved model adds, and returns its scorer. */
    private Scorer compare(LatentModel<?> model) throws IOException {
        Path path = folder.resolve(model.uid());
        model.write().save(path.toString());
        Scorer scorer = Scorer.load(path);
        List<Row> rows = model.transform(table).collectAsList();
        assertThat(rows).hasSize(ROWS);
        Set<ScoreColumn> compared = EnumSet.copyOf(scorer.columns());
        compared.removeIf(column -> !List.of(rows.get(0).schema().fieldNames()).contains(column.modelColumn()));
        assertThat(compared).contains(ScoreColumn.SEVERITY, ScoreColumn.IS_ANOMALY, ScoreColumn.CONTRIBUTIONS);
        for (Row row : rows) {
            ScoredRow scored = scorer.score(cells(row, table.columns()));
            for (ScoreColumn column : compared) {
                assertThat(Arrays.deepToString(new Object[] {plain(scored.get(column))}))
                        .as("%s of %s", column, row)
                        .isEqualTo(Arrays.deepToString(new Object[] {spark(row.getAs(column.modelColumn()))}));
            }
        }
        return scorer;
    }

    /** Returns what Spark has written in the form of {@link #plain}. */
    private static Object spark(Object value) {
        if (value instanceof Vector vector) {
            return vector.toArray();
        }
        if (value instanceof Row row) {
            Map<String, Object> cells = new LinkedHashMap<>();
            for (String name : row.schema().fieldNames()) {
                cells.put(name, spark(row.getAs(name)));
            }
            return cells;
        }
        if (value instanceof scala.collection.Seq<?> list) {
            List<Object> all = new ArrayList<>();
            list.foreach(one -> all.add(spark(one)));
            return all;
        }
        return value;
    }

    private static Object plain(Object value) {
        if (value instanceof Explanation.Cell cell) {
            Map<String, Object> cells = new LinkedHashMap<>();
            cells.put("column", cell.column());
            cells.put("contribution", cell.contribution());
            cells.put("value", cell.value());
            cells.put("expected", cell.expected());
            cells.put("low", cell.low());
            cells.put("high", cell.high());
            return cells;
        }
        return value instanceof List<?> list
                ? list.stream().map(ScorerTest::plain).toList()
                : value;
    }

    @Test
    void aMixtureOfColumnsOfAllTypes() throws IOException {
        Scorer scorer = compare(new Mixture()
                .setK("2")
                .setInputCols("i", "l", "f", "d", "m", "t", "w", "n", "day", "at", "local", "v", "s.x", "s.y")
                .setLogDensityCol("logDensity")
                .setSeed(1)
                .fit(table));
        assertThat(scorer.inputs()).hasSize(14).contains("s.x");
        assertThat(scorer.columns())
                .containsExactly(
                        ScoreColumn.RESPONSIBILITIES,
                        ScoreColumn.COMPONENT,
                        ScoreColumn.LOG_DENSITY,
                        ScoreColumn.ANOMALY,
                        ScoreColumn.SEVERITY,
                        ScoreColumn.IS_ANOMALY,
                        ScoreColumn.CONTRIBUTIONS);
        Map<String, Object> far = cells(table.first(), table.columns());
        far.put("d", 1e6);
        ScoredRow row = scorer.score(far);
        assertThat(row.isAnomaly()).isTrue();
        assertThat(row.contributions().get(0).column()).isEqualTo("d");
        Scorer others = scorer.computing(ScoreColumn.IMPUTED, ScoreColumn.CONTRIBUTIONS);
        far.put("i", null);
        far.put("t", null);
        assertThat(others.score(far).imputed().get("i")).isInstanceOf(Integer.class);
        assertThat(others.score(far).imputed().get("t")).isInstanceOf(Boolean.class);
        assertThat(others.score(far).contributions()).hasSize(3);
        assertThatThrownBy(() -> others.score(far).isAnomaly())
                .hasMessage("the scorer does not compute isAnomaly, but [imputed, contributions]");
        assertThatThrownBy(() -> scorer.computing(ScoreColumn.LATENT)).hasMessage("the model has no latent");
    }

    @Test
    void aNetworkWithMissingCells() throws IOException {
        VariationalAutoencoder estimator = new VariationalAutoencoder()
                .setInputCols("i", "f", "d", "m", "t", "w")
                .setSeed(1)
                .setSeverityCol("severity")
                .setIsAnomalyCol("isAnomaly")
                .setContributionsCol("contributions");
        estimator.put("maxEpochs", 2.0);
        estimator.put("handleInvalid", "keep");
        estimator.put("imputedCol", "imputed");
        estimator.put("reconstructionCol", "reconstruction");
        estimator.put("anomalyScoreCol", "anomalyScore");
        compare(estimator.fit(table));
    }

    @Test
    void aLinearModel() throws IOException {
        ProbabilisticPca estimator = new ProbabilisticPca()
                .setInputCols("i", "f", "d", "m")
                .setSeverityCol("severity")
                .setIsAnomalyCol("isAnomaly")
                .setContributionsCol("contributions");
        estimator.put("handleInvalid", "keep");
        estimator.put("imputedCol", "imputed");
        estimator.put("anomalyScoreCol", "anomalyScore");
        estimator.put("latent", 2);
        estimator.put("fitMethod", "em");
        compare(estimator.fit(table));
    }

    /** A mistake of a person is a sentence. */
    @Test
    void whatCannotBeScoredIsRefused() throws IOException {
        assertThatThrownBy(() -> Scorer.load(folder.resolve("none")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no such directory");
        assertThatThrownBy(() -> Scorer.load(folder))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("it has no metadata");
        LatentModel<?> model = new Mixture().setK("1").setInputCols("d", "w").fit(table);
        Path path = folder.resolve("model");
        model.write().save(path.toString());
        Scorer scorer = Scorer.load(folder);
        assertThatThrownBy(() -> scorer.score(Map.of("d", 1.0)))
                .isInstanceOf(DataException.class)
                .hasMessage("the row has no column \"w\", which the model reads; its columns are [d]");
        assertThatThrownBy(() -> scorer.score(Map.of("d", List.of(1), "w", "level 1")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("column \"d\" has a ")
                .hasMessageContaining("expected a number, a boolean or a text");
        assertThatThrownBy(() -> scorer.score(Map.of("d", 1e200, "w", "level 1")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("features column \"d\" has 1.0E200, too large to be squared,");
        assertThat(scorer.score(Map.of("d", "12", "w", "level 1")).anomalyScore())
                .isEqualTo(scorer.score(Map.of("d", 12, "w", " level 1 ")).anomalyScore());
        byte[] content = Files.readAllBytes(path.resolve("content.cbor"));
        Files.write(path.resolve("content.cbor"), Arrays.copyOf(content, content.length / 2));
        assertThatThrownBy(() -> Scorer.load(path))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("content.cbor cannot be read");
    }

    /** The names of the classes of models stand in two places, because only one of them has Spark. */
    @Test
    void everyFamilyIsKnownOrRefused() {
        List<String> refused = new ArrayList<>();
        Families.types().all().forEach(type -> {
            var family = ModelFamilies.of(type);
            Object form = SavedScorer.MODELS.get(family.model().getName());
            if (form == null) {
                refused.add(type.type());
            } else if (family instanceof NetworkFamily<?> networks) {
                assertThat(form).isEqualTo(networks.kind());
            } else {
                assertThat(form).isEqualTo(family.content());
            }
        });
        assertThat(refused).containsExactly("bayesian");
        assertThat(SavedScorer.ASSEMBLER).isEqualTo(FeatureAssembler.class.getName());
        assertThat(SavedScorer.SEVERITY).isEqualTo(AnomalySeverity.class.getName());
    }
}
