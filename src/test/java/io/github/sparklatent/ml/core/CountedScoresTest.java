package io.github.sparklatent.ml.core;

import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.scoring.ReferenceScores;
import io.github.sparklatent.scoring.ScoreDistribution;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class CountedScoresTest {
    private static final SparkSession SPARK = LocalSpark.session();

    private static ScoreDistribution known(Dataset<Row> scores) {
        return CountedScores.of(scores).with(ReferenceScores.of(), 0.01);
    }

    @Test
    void theDistributionDoesNotDependOnPartitions() {
        Dataset<Row> scores = SPARK.range(1, 1001).selectExpr("double(id)");
        ScoreDistribution one = known(scores.repartition(1));
        ScoreDistribution eight = known(scores.repartition(8));

        assertThat(one.scores()).isEqualTo(eight.scores());
        assertThat(one.shares()).isEqualTo(eight.shares());
    }

    /** Weights between 1 and 4 have two exponents, so 5 scores give 10 sums at most. */
    @Test
    void weightsOfManyDigitsAreSummedOnTheWorkers() {
        Dataset<Row> rows = SPARK.range(2000)
                .selectExpr("double(id % 5) anomaly", "double(1 + 3 * (id * 0.6180339887 % 1)) weight");
        assertThat(CountedScores.count(rows).size()).isEqualTo(10);
        ReferenceScores one = CountedScores.of(rows.repartition(1));
        ReferenceScores many = CountedScores.of(rows.repartition(7));
        assertThat(many.rows())
                .isEqualTo(one.rows())
                .isCloseTo(rows.agg(sum("weight")).first().getDouble(0), within(1e-5));
    }

    @Test
    void scoresThatAreMissingAreRefused() {
        assertThatThrownBy(() -> known(SPARK.sql("select double('NaN')")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no row has an anomaly score");
    }
}
