package io.github.sparklatent.ml.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.ml.evaluation.LabelMeasures.Sums;
import java.util.List;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class LabelMeasuresSumsTest {
    /** 10¹⁶ + 1 is no double: added one by one the ones are lost, added first they are not. */
    private static final List<List<Double>> ORDERS =
            List.of(List.of(1e16, 1.0, 1.0), List.of(1.0, 1e16, 1.0), List.of(1.0, 1.0, 1e16));

    private static Sums partial(List<Double> values) {
        Sums partial = new Sums();
        values.forEach(partial::add);
        return partial;
    }

    @Test
    void theOrderChangesNothing() {
        for (List<Double> order : ORDERS) {
            for (int cut = 0; cut <= 3; cut++) {
                Sums whole = partial(order.subList(cut, 3)).plus(partial(order.subList(0, cut)));
                assertThat(whole.of(RowFactory.create(true, "a", 0)))
                        .isEqualTo(RowFactory.create(true, "a", 0, 1e16 + 2, 3L, 1e32 + 2));
            }
        }
    }
}
