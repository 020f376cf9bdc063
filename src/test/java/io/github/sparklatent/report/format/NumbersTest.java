package io.github.sparklatent.report.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-123.4567 | −123.5",
                "412345.6 | 412,346",
                "0.5 | 0.5000",
                "0.99999 | 1.000",
                "9999.6 | 10,000",
                "0 | 0"
            })
    void figuresHaveFourDigits(double value, String text) {
        assertThat(Numbers.figure(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"1e-4 | 0.0001", "1e-6 | 1 × 10⁻⁶", "0.5 | 0.5", "100 | 100", "2.5e-9 | 2.5 × 10⁻⁹", "0 | 0"})
    void chosenNumbersHaveNoMoreDigitsThanTheyNeed(double value, String text) {
        assertThat(Numbers.chosen(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"107.23 | 107", "12345.6 | 12,346", "100 | 100", "7.455 | 7.46", "4 | 4", "0.4661 | 0.466"})
    void briefNumbersFitIntoACell(double value, String text) {
        assertThat(Numbers.brief(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.1017 | 10.2%",
                "1 | 100.0%",
                "0.0004 | 0.04%",
                "0.000002 | 0.0002%",
                "-0.1017 | −10.2%",
                "0 | 0.0%"
            })
    void percent(double share, String text) {
        assertThat(Numbers.percent(share)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.1234 | 0.123 s",
                "9.999 | 10.0 s",
                "12.34 | 12.3 s",
                "192 | 3 min 12 s",
                "7500 | 2 h 5 min",
                "NaN | –"
            })
    void seconds(double value, String text) {
        assertThat(Numbers.seconds(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-100 | 5 | −100",
                "0.25 | 0.05 | 0.25",
                "0.1 | 0.1 | 0.1",
                "12000 | 1000 | 12,000",
                "-1.05e13 | 5e11 | −1.05e13",
                "0 | 0.5 | 0.0"
            })
    void ticksHaveTheDecimalsOfTheirStep(double value, double step, String text) {
        assertThat(Numbers.tick(value, step)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"-3.24 | −3.2", "-0.01 | 0.0", "12.4 | 12", "-123456 | −1e5", "1e15 | 1e15"})
    void deviationsAreShort(double value, String text) {
        assertThat(Numbers.deviation(value)).isEqualTo(text);
    }
}
