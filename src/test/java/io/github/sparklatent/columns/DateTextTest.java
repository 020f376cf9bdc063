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

    @Test
    void timestamps() {
        assertThat(DateText.days("2024-02-29 06:00"))
                .isEqualTo(LocalDate.of(2024, 2, 29).toEpochDay() + 0.25);
        assertThat(DateText.days("2024-02-29T06:00:00+06:00"))
                .isEqualTo(LocalDate.of(2024, 2, 29).toEpochDay());
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
                "2023-02-29 10:00",
                "\u0662\u0660\u0662\u0664-01-01" // digits of another script
            })
    void others(String text) {
        assertThat(DateText.days(text)).isNaN();
    }
}
