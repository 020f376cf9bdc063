package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;

/** For tests of bad input: a result that is there already stays as it was. */
abstract class BadInputContract extends CommandTest {
    private Map<String, String> before;

    /** A result that each of these trainings would replace if it came to its end. */
    @BeforeEach
    void anOlderResult() {
        write("out/_SUCCESS", "spark-latent 0");
        write("out/metrics.json", "{\"old\": true}");
        write("out/model/metadata/part-0", "old");
        before = snapshot(folder.resolve("out"));
    }

    void assertUntouched() {
        assertThat(snapshot(folder.resolve("out"))).isEqualTo(before);
        assertThat(names()).as("nothing is left beside the result").noneMatch(n -> n.startsWith("."));
    }

    void refused(Ended ended, int code, String... parts) {
        assertRefused(ended, code, parts);
        assertUntouched();
    }

    /** Trains on a csv of these lines, with further configuration in one line. */
    Ended train(String further, String... table) {
        write("table.csv", table);
        return run(
                "train",
                "data { path = \"DIR/table.csv\", format = csv, holdout.fraction = 0 }",
                "model.components = 2",
                "output { path = \"DIR/out\", overwrite = true }",
                further);
    }

    void skipped(Ended ended, long rows, long skipped) {
        done(ended);
        assertThat(folder.resolve("out/metrics.json"))
                .content()
                .contains("\"train\" : " + rows + ",", "\"skipped\" : " + skipped);
    }
}
