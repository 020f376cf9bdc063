package io.github.sparklatent.ml.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LinesTest {
    @Test
    void aFigureOfManyDigitsHasAnExponent() {
        Map<String, Object> measures = new LinkedHashMap<>();
        measures.put("elbo", -1.25e298);
        measures.put("bic", 123_456_789.0123);
        measures.put("rank", 3.0f);
        assertThat(Lines.measures(measures)).isEqualTo("ELBO -1.2500e+298, BIC 123456789.0123, rank 3.0000");
    }
}
