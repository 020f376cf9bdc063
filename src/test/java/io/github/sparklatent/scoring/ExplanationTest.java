package io.github.sparklatent.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.columns.Scaling;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplanationTest {
    @ParameterizedTest
    @CsvSource({
        "-0.06140135, -0.061402, -0.061401", // the one value of a column lies in its interval
        "1234.56789, 1234.5, 1234.6",
        "3, 3, 3",
        "3.0000000000001, 3, 3" // by rounding of the model
    })
    void anIntervalIsRoundedOutwards(double value, String low, String high) {
        RowExplainer certain = new RowExplainer() {
            @Override
            public void evaluate(double[] rows, int n) {}

            @Override
            public double contribution(int row, int group) {
                return 1;
            }

            @Override
            public double expected(int row, int group, int column) {
                return value;
            }

            @Override
            public double quantile(int row, int group, int column, double probability) {
                return value;
            }
        };
        Explanation explanation =
                new Explanation(groups -> certain, ExplainedColumn.of(List.of(), List.of("x"), 1), Scaling.none());
        explanation.evaluate(new double[] {value}, 1);
        Explanation.Cell cell =
                explanation.of(0, Arrays.asList((String) null), 1).get(0);
        assertThat(List.of(cell.low().text(), cell.high().text())).containsExactly(low, high);
        assertThat(cell.value().number()).isCloseTo(value, within(1e-11 * Math.abs(value)));
    }
}
