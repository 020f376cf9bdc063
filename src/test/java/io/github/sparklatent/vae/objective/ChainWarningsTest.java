package io.github.sparklatent.vae.objective;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.learn.Traffic;
import io.github.sparklatent.learn.averaging.NetworkRound;
import io.github.sparklatent.learn.stage.StageRecord;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChainWarningsTest {
    private static StageRecord stage(double... acceptances) {
        return new StageRecord(
                "",
                List.of(),
                List.of("loss", HamiltonianObjective.ACCEPTANCE),
                Arrays.stream(acceptances).mapToObj(ChainWarningsTest::round).toList());
    }

    private static NetworkRound round(double acceptance) {
        return new NetworkRound(
                1,
                1,
                List.of(3.0, acceptance),
                List.of(),
                List.of(),
                10,
                1,
                List.of(),
                0,
                0,
                0,
                0,
                0,
                Traffic.inMemory(1));
    }

    @Test
    void chainsThatHardlyMoveAtTheEndAreReported() {
        assertThat(HamiltonianObjective.warnings(stage(0.7, 0.012)))
                .singleElement()
                .asString()
                .contains("accepted with a probability of 0.012, expected at least 0.05");
        assertThat(HamiltonianObjective.warnings(stage(0.7, Double.NaN))).hasSize(1);
    }

    @Test
    void chainsThatMoveAndOtherTrainingsAreNot() {
        assertThat(HamiltonianObjective.warnings(stage(0, 0.3))).isEmpty();
        assertThat(HamiltonianObjective.warnings(stage())).isEmpty();
        assertThat(HamiltonianObjective.warnings(
                        new StageRecord("", List.of(), List.of("loss", "x"), List.of(round(0)))))
                .isEmpty();
    }
}
