package io.github.sparklatent.ml.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.columns.TableProfile.ColumnProfile;
import io.github.sparklatent.ml.linear.ProbabilisticPca;
import io.github.sparklatent.ml.mixture.Mixture;
import io.github.sparklatent.ml.mixture.MixtureModel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The comparison of a table with the training table of a model. */
@Tag("slow")
class DriftTest {
    private static SparkSession spark;
    private static Dataset<Row> table;
    private static MixtureModel model;

    /** 1,000 rows: a number, a category with a rare level, a date, and a number of which some cells are missing. */
    @BeforeAll
    static void fit() {
        spark = LocalSpark.session();
        table = spark.range(1000)
                .selectExpr(
                        "double(id * 7919 % 1000) as x",
                        "case when id % 2 = 0 then 'red' when id % 3 = 0 then 'green' when id < 10 then 'rare' else 'blue' end as colour",
                        "date_add(date'2024-01-01', int(id * 37 % 300)) as day",
                        "if(id % 20 = 0, null, sin(id)) as gaps",
                        "double(1 + id % 2) as w");
        model = new Mixture()
                .setK("2")
                .setInputCols("x", "colour", "day", "gaps")
                .setHandleInvalid("keep")
                .setSeed(1)
                .fit(table);
    }

    private static List<Row> drift(LatentModel<?> model, Dataset<Row> rows, String view) {
        LatentModel<?> copy = model.copy(ParamMap.empty());
        copy.set(copy.view(), view);
        Dataset<Row> found = copy.transform(rows);
        assertThat(found.schema()).isEqualTo(copy.transformSchema(rows.schema()));
        return found.collectAsList();
    }

    private static List<Row> drift(Dataset<Row> rows) {
        return drift(model, rows, "drift");
    }

    private static List<String> drifted(List<Row> rows) {
        return rows.stream()
                .filter(row -> row.getBoolean(5))
                .map(row -> row.getString(0))
                .toList();
    }

    @Test
    void theTrainingTableHasNotDrifted() {
        List<Row> found = drift(table);
        assertThat(found).extracting(row -> row.getString(0)).containsExactly("x", "colour", "day", "gaps");
        assertThat(drifted(found)).isEmpty();
        assertThat(found).allMatch(row -> row.getDouble(1) < 1e-12 && row.getDouble(4) == 0);
        assertThat(found.get(3).getDouble(2))
                .isEqualTo(0.05)
                .isCloseTo(found.get(3).getDouble(3), within(1e-12));
    }

    /**
     * Rows above 300 of 1,000 uniform ones, which fill seven of ten bins; the formula with half a value in each bin.
     */
    @Test
    void onlyTheMovedColumnIsReported() {
        Dataset<Row> moved = table.where("x >= 300");
        List<Row> found = drift(moved);
        assertThat(drifted(found)).containsExactly("x");
        double[] before = profile(model, 0).counts();
        double[] edges = profile(model, 0).edges();
        assertThat(edges).hasSize(9);
        double expected = 0;
        for (int bin = 0; bin < 10; bin++) {
            double low = bin == 0 ? Double.NEGATIVE_INFINITY : edges[bin - 1];
            double high = bin == 9 ? Double.POSITIVE_INFINITY : edges[bin];
            double count = moved.where("x > double('%s') and x <= double('%s')".formatted(low, high))
                    .count();
            double p = (before[bin] + 0.5) / (1000 + 5);
            double q = (count + 0.5) / (700 + 5);
            expected += (q - p) * Math.log(q / p);
        }
        assertThat(found.get(0).getDouble(1)).isCloseTo(expected, within(1e-12)).isGreaterThan(0.2);
        // However the rows are spread, the counts are the same.
        assertThat(drift(moved.repartition(7))).isEqualTo(found);
    }

    private static ColumnProfile profile(LatentModel<?> of, int column) {
        return of.record().orElseThrow().profile().columns().get(column);
    }

    @Test
    void missingAndUnknownValuesAreReported() {
        List<Row> found = drift(
                table.selectExpr("if(x = 5, null, x) as x", "if(x < 300, 'pink', colour) as colour", "day", "gaps"));
        assertThat(drifted(found)).containsExactly("x", "colour");
        assertThat(found.get(0).getDouble(2)).isEqualTo(0.001);
        assertThat(found.get(0).getDouble(3)).isZero();
        assertThat(found.get(1).getDouble(4)).isEqualTo(0.3);
    }

    @Test
    void aTableWithoutRowsHasNoIndex() {
        List<Row> found = drift(table.limit(0));
        assertThat(found).hasSize(4).allMatch(row -> row.isNullAt(1) && row.isNullAt(2) && !row.getBoolean(5));
    }

    @Test
    void rowsCountByTheirWeight() {
        Dataset<Row> copies = table.union(table.where("w = 2"));
        List<Row> weighted = drift(model, table, "{\"view\": \"drift\", \"weight\": \"w\"}");
        for (int j = 0; j < weighted.size(); j++) {
            assertThat(weighted.get(j).getDouble(1))
                    .isCloseTo(drift(copies).get(j).getDouble(1), within(1e-12));
        }
    }

    /** Less than ten rows are in no bin of their own, so that a saved model does not show them. */
    @Test
    void noBinStandsForFewRows(@TempDir Path folder) throws Exception {
        model.write().overwrite().save(folder.resolve("model").toString());
        MixtureModel loaded = MixtureModel.load(folder.resolve("model").toString());
        assertThat(drift(loaded, table, "drift")).isEqualTo(drift(table));
        for (int j = 0; j < 4; j++) {
            assertThat(Arrays.stream(profile(loaded, j).counts()).filter(count -> count > 0))
                    .allMatch(count -> count >= 10);
        }
    }

    @Test
    void aModelOfVectorsKnowsTheirNumbersUnlessTheyAreMany() {
        for (int width : new int[] {3, 1001}) {
            Dataset<Row> vectors = spark.range(60)
                    .selectExpr("transform(sequence(1, %d), i -> sin(i * id)) as features".formatted(width));
            LatentModel<?> pca = new ProbabilisticPca().setLatent(1).fit(vectors);
            if (width == 3) {
                assertThat(drift(pca, vectors, "drift"))
                        .extracting(row -> row.getString(0))
                        .containsExactly("features[0]", "features[1]", "features[2]");
            } else {
                assertThatThrownBy(() -> drift(pca, vectors, "drift")).hasMessageContaining("1,000 numbers");
            }
        }
    }
}
