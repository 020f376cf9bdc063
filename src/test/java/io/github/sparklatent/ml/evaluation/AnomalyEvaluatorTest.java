package io.github.sparklatent.ml.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.LocalSpark;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The mean anomaly score of weighted rows. */
@Tag("slow")
class AnomalyEvaluatorTest {
    private static Dataset<Row> table(double... scoresAndWeights) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < scoresAndWeights.length; i += 2) {
            rows.add(RowFactory.create(scoresAndWeights[i], scoresAndWeights[i + 1]));
        }
        return LocalSpark.session()
                .createDataFrame(
                        rows,
                        new StructType()
                                .add("anomalyScore", DataTypes.DoubleType)
                                .add("weight", DataTypes.DoubleType));
    }

    @Test
    void weightsCountAsRepeatedRows() {
        Dataset<Row> weighted = table(1, 3, 5, 1);
        AnomalyEvaluator evaluator = new AnomalyEvaluator();
        assertThat(evaluator.evaluate(weighted)).isEqualTo(3);
        evaluator.setWeightCol("weight");
        assertThat(evaluator.evaluate(weighted)).isEqualTo(2);
        assertThat(evaluator.evaluate(table(1, 1, 1, 1, 1, 1, 5, 1))).isEqualTo(2);
    }
}
