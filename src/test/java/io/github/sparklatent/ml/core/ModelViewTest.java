package io.github.sparklatent.ml.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.ml.linear.ProbabilisticPca;
import io.github.sparklatent.ml.linear.ProbabilisticPcaModel;
import io.github.sparklatent.ml.mixture.Mixture;
import io.github.sparklatent.ml.mixture.MixtureModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables about a model, which {@code transform} returns if the Param {@code view} is set. */
@Tag("slow")
class ModelViewTest {
    private static SparkSession spark;
    private static Dataset<Row> table;
    private static MixtureModel model;

    @BeforeAll
    static void fit() {
        spark = LocalSpark.session();
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            double noise = ((i * 7919) % 101 - 50) / 100.0;
            rows.add(RowFactory.create(i % 2 == 0 ? "red" : "blue", (i % 2 == 0 ? 10 : 20) + noise));
        }
        rows.add(RowFactory.create("red", 400.0));
        table = spark.createDataFrame(
                rows, new StructType().add("colour", "string").add("size", "double"));
        model = new Mixture()
                .setK("2")
                .setInputCols("colour", "size")
                .setSeed(1)
                .fit(table);
    }

    private static Dataset<Row> view(LatentModel<?> model, String text) {
        LatentModel<?> copy = model.copy(ParamMap.empty());
        copy.set(copy.view(), text);
        Dataset<Row> rows = copy.transform(table);
        assertThat(rows.schema()).isEqualTo(copy.transformSchema(table.schema()));
        return rows;
    }

    @Test
    void componentsHaveTheColumnsOfTheTable() {
        List<Row> components = view(model, "components").collectAsList();
        assertThat(components).hasSize(2);
        assertThat(components.get(0).getDouble(1) + components.get(1).getDouble(1))
                .isCloseTo(1, within(1e-12));
        for (Row component : components) {
            List<Row> columns = component.getList(3);
            assertThat(columns).extracting(column -> column.getString(0)).containsExactly("colour", "size");
            assertThat(columns.get(0).isNullAt(1)).isTrue();
            assertThat(columns.get(0).getDouble(3)).isGreaterThan(0.9);
            assertThat(columns.get(1).isNullAt(2)).isTrue();
        }
    }

    @Test
    void theHistoryIsThatOfTheTraining(@TempDir Path folder) throws Exception {
        List<Row> history = view(model, "history").where("metric = 'objective'").collectAsList();
        double[] objective = model.fitRecord().orElseThrow().objectiveHistory().stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
        assertThat(history).hasSize(objective.length);
        assertThat(history.get(history.size() - 1).getDouble(2)).isEqualTo(objective[objective.length - 1]);
        String path = folder.resolve("model").toString();
        model.write().save(path);
        MixtureModel again = MixtureModel.load(path);
        assertThat(view(again, "history").collectAsList())
                .isEqualTo(view(model, "history").collectAsList());
        assertThat(view(again, "metrics").collectAsList())
                .isEqualTo(view(model, "metrics").collectAsList());
    }

    @Test
    void theMostAnomalousRowComesFirst() {
        Row first = view(model, "{\"view\": \"explain\", \"top\": 1}").first();
        assertThat(first.<Double>getAs("size")).isEqualTo(400);
        assertThat(first.<Row>getList(first.fieldIndex("contributions"))).hasSize(1);
    }

    @Test
    void drawnRowsFollowWhatIsGiven() {
        String text = "{\"view\": \"sample\", \"rows\": 20, \"seed\": 3, \"given\": {\"colour\": \"blue\"}}";
        List<Row> rows = view(model, text).collectAsList();
        assertThat(rows).hasSize(20).allMatch(row -> row.getString(0).equals("blue"));
        assertThat(rows).isEqualTo(view(model, text).collectAsList());
    }

    @Test
    void theReportIsAPage() {
        assertThat(view(model, "report").first().getString(0))
                .startsWith("<!DOCTYPE html>")
                .contains("The most anomalous rows", "size 400")
                .endsWith("</html>\n");
        assertThat(view(model, "{\"view\": \"report\", \"rows\": false}")
                        .first()
                        .getString(0))
                .doesNotContain("The most anomalous rows");
    }

    @Test
    void theViewIsNotSaved(@TempDir Path folder) throws Exception {
        MixtureModel viewed = model.copy(ParamMap.empty());
        viewed.set(viewed.view(), "warnings");
        viewed.write().save(folder.resolve("model").toString());
        assertThat(MixtureModel.load(folder.resolve("model").toString()).isSet(viewed.view()))
                .isFalse();
    }

    @Test
    void latentVariablesAreTheComponentsOfALinearModel() {
        Dataset<Row> numbers = table.selectExpr("size", "2 * size + rand(1) as other");
        ProbabilisticPcaModel linear = new ProbabilisticPca()
                .setLatent(1)
                .setInputCols("size", "other")
                .fit(numbers);
        ModelComponent only = linear.describedComponents().get(0);
        assertThat(linear.describedComponents()).hasSize(1);
        assertThat(only.weight()).isGreaterThan(0.99);
        assertThat(only.columns()).extracting(ModelComponent.Entry::name).containsExactly("size", "other");
        assertThat(only.columns().get(1).value() / only.columns().get(0).value())
                .isCloseTo(2, within(0.01));
    }
}
