package io.github.sparklatent.app.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.columns.Feature;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The drift of one column, by hand. */
class ColumnDriftTest {
    private static final Feature NUMBER = Feature.number("x");
    private static final Feature TOWN = new Feature("x", Feature.Kind.CATEGORY, List.of("Rome", "Oslo", "Bern"));

    private static ColumnDrift drift(Feature feature, double[] reference, double[] current) {
        ComparedColumn column = new ComparedColumn(
                "x", "type", missing(reference), missing(current), Optional.empty(), "", List.of(), List.of());
        return ColumnDrift.of(column, feature, reference, current, 0, 0, 0.1, 1);
    }

    private static double missing(double[] values) {
        return (double) Arrays.stream(values).filter(Double::isNaN).count() / values.length;
    }

    private static double[] repeated(double first, int times, double second, int otherTimes) {
        double[] values = new double[times + otherTimes];
        Arrays.fill(values, 0, times, first);
        Arrays.fill(values, times, values.length, second);
        return values;
    }

    /** A term of the index; half a row is added to each bin. */
    private static double term(double p, double q) {
        return (q - p) * Math.log(q / p);
    }

    @Test
    void levelsAndMissingCellsAreBins() {
        double[] reference = repeated(0, 60, 1, 40);
        double[] current = repeated(0, 30, 2, 70);
        double whole = 100 + 4 * 0.5; // three levels and the missing cells
        double expected = term(60.5 / whole, 30.5 / whole)
                + term(40.5 / whole, 0.5 / whole)
                + term(0.5 / whole, 70.5 / whole)
                + term(0.5 / whole, 0.5 / whole);

        ColumnDrift found = drift(TOWN, reference, current);

        assertThat(found.stability()).isCloseTo(expected, within(1e-12));
        assertThat(found.drifted()).isTrue();
        assertThat(found.shift()).as("of codes").isNaN();
    }

    @Test
    void missingCellsAloneAreDrift() {
        double[] reference = repeated(1, 100, 2, 100);
        double[] current = repeated(1, 50, 2, 150);
        assertThat(drift(TOWN, reference, current).notes()).noneMatch(note -> note.startsWith("missing"));

        Arrays.fill(current, 0, 100, Double.NaN);
        ColumnDrift found = drift(TOWN, reference, current);
        assertThat(found.drifted()).isTrue();
        assertThat(found.notes()).contains("missing 0.0%, then 50.0%");
    }

    @Test
    void shiftIsInDeviationsOfTheReference() {
        double[] reference = new Random(1).doubles(2000).map(x -> 10 + x).toArray();
        double[] current =
                Arrays.stream(reference).map(x -> x + 1 / Math.sqrt(12)).toArray();

        ColumnDrift found = drift(NUMBER, reference, current);

        // the deviation of a uniform variable is 1 / √12; that of 2,000 values has a relative error below 1 / √2000
        assertThat(found.shift()).isCloseTo(1, within(3 / Math.sqrt(2000)));
        assertThat(found.drifted()).isTrue();
    }

    @Test
    void equalAndConstantColumnsHaveNotDrifted() {
        double[] values = new Random(1).doubles(500).toArray();
        ColumnDrift equal = drift(NUMBER, values, values.clone());
        assertThat(equal.stability()).isZero();
        assertThat(equal.shift()).isZero();
        assertThat(equal.drifted()).isFalse();

        ColumnDrift constant = drift(NUMBER, repeated(5, 50, 5, 50), repeated(5, 50, 5, 50));
        assertThat(constant.drifted()).isFalse();
        assertThat(drift(NUMBER, repeated(5, 50, 5, 50), repeated(6, 50, 6, 50)).drifted())
                .as("another constant")
                .isTrue();
        assertThat(drift(NUMBER, repeated(5, 50, 5, 50), repeated(6, 50, 6, 50)).shift())
                .as("without a deviation")
                .isNaN();
    }

    @Test
    void fewRowsAreNoDrift() {
        double[] reference = new Random(1).doubles(30).toArray();
        ColumnDrift found = drift(NUMBER, reference, new Random(2).doubles(30).toArray());
        assertThat(found.stability()).isGreaterThan(0.1);
        assertThat(found.drifted()).as("chance explains it").isFalse();
    }

    @Test
    void aColumnWithoutAnyValueIsCompared() {
        double[] none = new double[100];
        Arrays.fill(none, Double.NaN);
        double[] values = new Random(1).doubles(100).toArray();

        assertThat(drift(NUMBER, none, values).drifted()).isTrue();
        assertThat(drift(NUMBER, values, none).drifted()).isTrue();
        assertThat(drift(NUMBER, none, none.clone()).drifted()).isFalse();
    }
}
