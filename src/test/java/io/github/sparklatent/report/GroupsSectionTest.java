package io.github.sparklatent.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.report.GroupProfile.CategoryColumn;
import io.github.sparklatent.report.GroupProfile.NumberColumn;
import java.time.LocalDate;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class GroupsSectionTest {
    private static final double[] WEIGHTS = {0.75, 0.25};

    private static final GroupProfile WEATHER = new GroupProfile(
            WEIGHTS,
            List.of(
                    new NumberColumn("wind", new double[] {3, 9}, 4.5, 3),
                    new NumberColumn("humidity", new double[] {72, 40}, 64, 16),
                    new NumberColumn("pressure", new double[] {1013, 1014}, 1013.25, 8),
                    new CategoryColumn("season", List.of("summer", "winter"), new DMatrixRMaj(new double[][] {
                        {0.5, 0.5}, {0.04, 0.96}
                    }))));

    @Test
    void aGroupIsDescribedByWhatSetsItApart() {
        // wind: (9 - 4.5) / 3 = 1.5; humidity: (40 - 64) / 16 = -1.5; winter: 96% of 61.5%
        assertThat(GroupsSection.words(WEATHER, 1))
                .isEqualTo("very high wind (9, all rows 4.5); very low humidity (40, all rows 64);"
                        + " nearly always season = winter (96%, all rows 62%)");
    }

    @Test
    void theGreatestDifferenceComesFirstAndSmallOnesAreLeftOut() {
        assertThat(GroupsSection.words(WEATHER, 0))
                .isEqualTo("low wind (3, all rows 4.5); high humidity (72, all rows 64)");
    }

    /** Differences are those of the logarithms that the model compares, values those of the table. */
    @Test
    void valuesAreThoseOfTheTable() {
        GroupProfile profile = new GroupProfile(
                WEIGHTS,
                List.of(
                        new NumberColumn("amount", new double[] {4, 1}, 3.25, 1.5, Math::exp),
                        new NumberColumn(
                                "day",
                                new double[] {0, 3},
                                0.75,
                                1.3,
                                days -> LocalDate.ofEpochDay((long) days).toString())));
        assertThat(GroupsSection.words(profile, 1))
                .isEqualTo("very high day (1970-01-04, all rows 1970-01-01); very low amount (2.72, all rows 25.8)");
    }
}
