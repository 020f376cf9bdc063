package io.github.sparklatent.ml.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.metrics.RankedPairs;
import io.github.sparklatent.ml.core.ModelComponent;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A column of dates says when, and does not hide what the other columns say. */
@Tag("slow")
class DatesTest {
    private static final int ROWS = 6000;
    private static final double[][] CENTRES = {{0, 0, 0}, {4, 3, -2}, {-3, 5, 4}};
    private static SparkSession spark;

    /**
     * Three groups; the second has most of its rows on Sundays, and another date is any day of two years. Two in a
     * hundred rows are anomalous.
     */
    private static Dataset<Row> table;

    @BeforeAll
    static void draw() {
        spark = LocalSpark.session();
        Random random = new Random(1);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            double[] centre = CENTRES[i % 10 < 5 ? 0 : i % 10 < 8 ? 1 : 2];
            boolean odd = random.nextInt(50) == 0;
            LocalDate day = LocalDate.of(2022, 1, 1).plusDays(random.nextInt(730));
            if (centre == CENTRES[1] && random.nextInt(3) > 0) {
                day = day.plusDays(7 - day.getDayOfWeek().getValue());
            }
            LocalDate any = LocalDate.of(2022, 1, 1).plusDays(random.nextInt(730));
            Object[] cells = {0, 0, 0, Timestamp.valueOf(day.atStartOfDay()), Timestamp.valueOf(any.atStartOfDay()), odd
            };
            for (int j = 0; j < 3; j++) {
                double error = odd ? (random.nextBoolean() ? 1 : -1) * (1.5 + 1.5 * random.nextDouble()) : 0;
                cells[j] = centre[j] + 0.8 * random.nextGaussian() + error;
            }
            rows.add(RowFactory.create(cells));
        }
        table = spark.createDataFrame(
                        rows,
                        StructType.fromDDL("a double, b double, c double, at timestamp, any timestamp, odd boolean"))
                .repartition(2)
                .cache();
    }

    private static Mixture auto(String... columns) {
        return new Mixture()
                .setK("auto")
                .setCriterion("bic")
                .setMaxIter(200)
                .setHandleInvalid("keep")
                .setSeed(1)
                .setInputCols(columns);
    }

    @Test
    void groupsAreThoseOfTheTableWithoutDates() {
        Dataset<Row> usual = table.where("not odd");
        assertThat(auto("a", "b", "c").fit(usual).componentCount()).isEqualTo(3);
        assertThat(auto("a", "b", "c", "any").fit(usual).componentCount()).isEqualTo(3);
        MixtureModel model = auto("a", "b", "c", "at").fit(usual);
        assertThat(model.componentCount()).isEqualTo(3);
        assertThat(model.describedComponents())
                .extracting(ModelComponent::description)
                .anyMatch(words -> words.contains("mostly at.weekday = Sun (7"));
        assertThat(model.describedComponents().get(0).columns())
                .filteredOn(entry -> entry.name().equals("at"))
                .allMatch(entry -> entry.value() == null && entry.category().matches("202[23]-.. *.*00:00:00"));
    }

    @Test
    void anomaliesAreFoundAsWithoutDates() {
        double without = area("a", "b", "c");
        assertThat(without).isGreaterThan(0.9);
        assertThat(area("a", "b", "c", "any")).isGreaterThan(without - 0.01);
    }

    private static double area(String... columns) {
        MixtureModel model = auto(columns).setK("3").setNumbers("student-t").fit(table);
        List<Row> rows = model.transform(table).select("anomalyScore", "odd").collectAsList();
        boolean[] odd = new boolean[rows.size()];
        double[] scores = rows.stream().mapToDouble(row -> row.getDouble(0)).toArray();
        for (int i = 0; i < odd.length; i++) {
            odd[i] = rows.get(i).getBoolean(1);
        }
        return RankedPairs.areaUnderRoc(scores, odd);
    }

    @Test
    void drawnDatesHaveTheWeekdaysOfTheTableAndNoTimes() {
        MixtureModel model =
                auto("a", "b", "c", "at").setK("20").setNumbers("histogram").fit(table);
        MixtureModel copy = model.copy(ParamMap.empty());
        copy.set(copy.view(), "{\"view\": \"sample\", \"rows\": 6000}");
        Dataset<Row> drawn = copy.transform(table).cache();
        assertThat(drawn.where("at <> date_trunc('day', at)").count()).isZero();
        assertThat(drawn.where("at < '2021-12-31' or at > '2024-01-10'").count())
                .isZero();
        for (String rows : List.of("true", "a > 2 and b > 1")) { // the second has the group of the Sundays
            assertThat(sundays(drawn.where(rows))).isCloseTo(sundays(table.where(rows)), within(0.05));
        }
    }

    private static double sundays(Dataset<Row> rows) {
        return rows.selectExpr("mean(if(dayofweek(at) = 1, 1.0D, 0.0D))")
                .first()
                .getDouble(0);
    }
}
