package io.github.sparklatent.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogTailsTest {
    /**
     * scipy.stats: chi2.logsf(x, n) where it is finite; in the far tail mpmath.log(mpmath.gammainc(n / 2, x / 2,
     * mpmath.inf, regularized=True))
     */
    @ParameterizedTest
    @CsvSource({
        "1, 0.5, -0.735011129837",
        "1, 4, -3.090037153122",
        "1, 2500, -1254.138213958860",
        "2, 0.1, -0.050000000000",
        "2, 10, -5.000000000000",
        "3, 25, -11.078516741149",
        "7, 3, -0.122165112347",
        "7, 100, -41.370684245955",
        "100, 90, -0.283427183212",
        "100, 400, -84.669265662003",
        "2, 4000, -2000.000000000000"
    })
    void chiSquare(int degrees, double x, double expected) {
        assertThat(LogTails.chiSquare(degrees, x)).isCloseTo(expected, within(1e-9 * (1 - expected)));
    }

    /** scipy.stats: log(2) + t.logsf(x, v) */
    @ParameterizedTest
    @CsvSource({"2.5, 0.3, -0.239092091", "2.5, -8, -4.872181494", "30, 5, -10.667199462", "200, 12, -56.679977527"})
    void student(double degrees, double t, double expected) {
        assertThat(LogTails.student(degrees, t)).isCloseTo(expected, within(1e-6 * (1 - expected)));
    }
}
