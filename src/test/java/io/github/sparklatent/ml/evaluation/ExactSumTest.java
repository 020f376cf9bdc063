package io.github.sparklatent.ml.evaluation;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udaf;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.ml.evaluation.LabelMeasures.ExactSum;
import java.util.List;
import org.apache.spark.sql.Encoders;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class ExactSumTest {
    /** 10¹⁶ + 1 is no double: added one by one the ones are lost, added first they are not. */
    private static final List<List<Double>> ORDERS =
            List.of(List.of(1e16, 1.0, 1.0), List.of(1.0, 1e16, 1.0), List.of(1.0, 1.0, 1e16));

    private final ExactSum sum = new ExactSum();

    private String partial(List<Double> values) {
        String partial = sum.zero();
        for (double value : values) {
            partial = sum.reduce(partial, value);
        }
        return partial;
    }

    @Test
    void theOrderChangesNothing() {
        for (List<Double> order : ORDERS) {
            for (int cut = 0; cut <= 3; cut++) {
                String whole = sum.merge(partial(order.subList(cut, 3)), partial(order.subList(0, cut)));
                assertThat(sum.finish(whole)).isEqualTo(1e16 + 2);
            }
        }
    }

    @Test
    void tablesAreSummedUp() {
        for (List<Double> order : ORDERS) {
            double found = LocalSpark.session()
                    .createDataset(order, Encoders.DOUBLE())
                    .toDF("weight")
                    .repartition(2)
                    .agg(udaf(sum, Encoders.DOUBLE()).apply(col("weight")))
                    .head()
                    .getDouble(0);
            assertThat(found).isEqualTo(1e16 + 2);
        }
    }
}
