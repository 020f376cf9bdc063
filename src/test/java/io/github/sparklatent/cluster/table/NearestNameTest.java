package io.github.sparklatent.cluster.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
    private static final List<String> COLUMNS = List.of("x", "y_1", "height", "customer_id");

    @ParameterizedTest
    @CsvSource({
        "heigth, height",
        "HEIGHT, height",
        "hight, height",
        "customerid, customer_id",
        "customer-ids, customer_id",
        "y1, y_1",
        "X_, x"
    })
    void aSlipIsNamed(String name, String meant) {
        assertThat(NearestName.hint(name, COLUMNS)).isEqualTo(" (did you mean " + meant + "?)");
    }

    @ParameterizedTest
    @CsvSource({"z", "_z", "_", "''", "weight_of_all", "label", "id"})
    void anotherNameIsNot(String name) {
        assertThat(NearestName.hint(name, COLUMNS)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"lag1, lag_1", "lag_22, lag_2", "lag_100, lag_10"})
    void ofSeveralTheNearestIs(String name, String meant) {
        assertThat(NearestName.hint(name, List.of("lag_10", "lag_1", "lag_2")))
                .isEqualTo(" (did you mean " + meant + "?)");
    }
}
