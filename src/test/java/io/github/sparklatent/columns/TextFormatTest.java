package io.github.sparklatent.columns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextFormatTest {
    private static final TextFormat COMMA = new TextFormat(List.of("-"), ',');

    @ParameterizedTest
    @ValueSource(strings = {"1", "-1.5", "+3", ".5", "5.", "1e5", "1E-7", "007", "Infinity", "NaN"})
    void numbers(String text) {
        assertThat(TextFormat.DEFAULT.isNumber(text)).isTrue();
        assertThat(Double.valueOf(TextFormat.DEFAULT.number(text))).isEqualTo(Double.valueOf(text));
    }

    /** Short numerals are read without the parser of Java, to the same bits. */
    @Test
    void numbersOfAnyLength() {
        Random random = new Random(1);
        for (int i = 0; i < 50_000; i++) {
            int length = 1 + random.nextInt(19);
            StringBuilder text = new StringBuilder();
            random.ints(length, 0, 10).forEach(text::append);
            if (random.nextBoolean()) {
                text.insert(random.nextInt(length + 1), '.');
            }
            text.insert(0, List.of("", "-", "+").get(random.nextInt(3)));
            String point = text.toString();
            String comma = point.replace('.', ',');
            long expected = Double.doubleToRawLongBits(Double.parseDouble(point));
            assertThat(Double.doubleToRawLongBits(TextFormat.DEFAULT.number(point)))
                    .as(point)
                    .isEqualTo(expected);
            assertThat(Double.doubleToRawLongBits(COMMA.number(comma)))
                    .as(comma)
                    .isEqualTo(expected);
            assertThat(COMMA.isNumber(point)).isEqualTo(point.equals(comma));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"inf", "-Inf", "+INF", "infinity", "-Infinity"})
    void infiniteNumbers(String text) {
        double sign = text.startsWith("-") ? -1 : 1;
        assertThat(TextFormat.DEFAULT.isNumber(text)).isTrue();
        assertThat(TextFormat.DEFAULT.number(text)).isEqualTo(sign * Double.POSITIVE_INFINITY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                ".",
                "1d",
                "2f",
                "0x10",
                "1e",
                "e5",
                "1,5",
                "1 000",
                "1_000",
                "2024-01-01",
                "--1",
                "1.2.3",
                "x"
            })
    void others(String text) {
        assertThat(TextFormat.DEFAULT.isNumber(text)).isFalse();
        assertThat(TextFormat.DEFAULT.number(text)).isNaN();
    }

    @ParameterizedTest
    @CsvSource({"'1,5', 1.5", "'-,25', -0.25", "3, 3"})
    void decimalCommas(String text, double number) {
        assertThat(COMMA.number(text)).isEqualTo(number);
        assertThat(COMMA.isNumber("1.5")).isFalse();
    }

    @Test
    void decimals() {
        assertThat(COMMA.decimals("1,250")).isEqualTo(3);
        assertThat(TextFormat.DEFAULT.decimals("12")).isZero();
        assertThat(TextFormat.DEFAULT.decimals("1.5e3")).isZero();
    }

    @Test
    void missing() {
        assertThat(TextFormat.DEFAULT.isMissing("?")).isTrue();
        assertThat(TextFormat.DEFAULT.isMissing("-")).isFalse();
        assertThat(COMMA.isMissing("-")).isTrue();
    }
}
