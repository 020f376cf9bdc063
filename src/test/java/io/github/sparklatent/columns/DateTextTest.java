package io.github.sparklatent.columns;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DateTextTest {
    @Test
    void everyDayOfFourCenturies() {
        for (LocalDate day = LocalDate.of(1700, 1, 1); day.getYear() < 2100; day = day.plusDays(1)) {
            assertThat(DateText.days(day.toString())).isEqualTo(day.toEpochDay());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2023-02-29",
                "2024-13-01",
                "2024-00-10",
                "2024-01-32",
                "2024-1-1",
                "+024-01-01",
                "2024-01-01x",
                "2024-01-01 25:00",
                "\u0662\u0660\u0662\u0664-01-01" // digits of another script
            })
    void others(String text) {
        assertThat(DateText.days(text)).isNaN();
    }
}
