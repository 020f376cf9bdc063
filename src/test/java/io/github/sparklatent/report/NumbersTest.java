package io.github.sparklatent.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.DoubleFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
    private static final Map<String, DoubleFunction<String>> FORMATS = Map.of(
            "figure", Numbers::figure,
            "chosen", Numbers::chosen,
            "brief", Numbers::brief,
            "percent", Numbers::percent,
            "seconds", Numbers::seconds,
            "deviation", Numbers::deviation);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            figure | -123.4567 | −123.5
            figure | 412345.6 | 412,346
            figure | 0.5 | 0.5000
            figure | 0.99999 | 1.000
            figure | 9999.6 | 10,000
            figure | 0 | 0
            chosen | 1e-4 | 0.0001
            chosen | 1e-6 | 1 × 10⁻⁶
            chosen | 2.5e-9 | 2.5 × 10⁻⁹
            chosen | 0 | 0
            brief | 107.23 | 107
            brief | 12345.6 | 12,346
            brief | 7.455 | 7.46
            brief | 0.4661 | 0.466
            percent | 0.1017 | 10.2%
            percent | 1 | 100.0%
            percent | 0.000002 | 0.0002%
            percent | -0.1017 | −10.2%
            percent | 0 | 0.0%
            seconds | 0.1234 | 0.123 s
            seconds | 9.999 | 10.0 s
            seconds | 192 | 3 min 12 s
            seconds | 7500 | 2 h 5 min
            seconds | NaN | –
            deviation | -3.24 | −3.2
            deviation | -0.01 | 0.0
            deviation | -123456 | −1e5
            deviation | 1e15 | 1e15
            """)
    void numbersAreShort(String format, double value, String text) {
        assertThat(FORMATS.get(format).apply(value)).isEqualTo(text);
    }
}
