package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The comparison of generated rows with real rows. */
class SynthesisCommandsTest extends CommandTest {
    private static final int ROWS = 400;

    /** A table in which the price depends on the town, and half of the towns are Brno. */
    private void table(String name, long seed, double priceInBrno) {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>(List.of("town,price"));
        for (int i = 0; i < ROWS; i++) {
            boolean inTown = random.nextBoolean();
            double price = (inTown ? 20 : priceInBrno) + random.nextGaussian();
            lines.add((inTown ? "London" : "Brno") + "," + price);
        }
        write(name, lines.toArray(String[]::new));
    }

    private String[] job(String... further) {
        List<String> lines = new ArrayList<>(List.of(
                "model { type = mixture, components = 2 }",
                "data { path = \"DIR/table.csv\", format = csv, holdout.fraction =" + " 0.3 }",
                "output { path = \"DIR/out\", overwrite = true, report = false }"));
        lines.addAll(List.of(further));
        return lines.toArray(String[]::new);
    }

    @Test
    void generatedRowsAreComparedWithTheirTable() throws Exception {
        table("table.csv", 1, 5);
        done(run("train", job()));

        Ended ended = done(run("evaluate", job("evaluate.synthesis.target = town")));

        assertThat(ended.out())
                .contains("synthesis", "shape 0.9", "trend 0.8", "detection", "utility", "copies", "attack")
                .doesNotContain("warning");
        assertThat(Files.readString(folder.resolve("out-evaluation/metrics.json")))
                .contains("\"synthesis\"", "\"town\"", "\"areCopies\" : false", "\"attack\"");
    }

    @Test
    void rowsOfAnotherProgramAreComparedToo() throws Exception {
        table("table.csv", 1, 5);
        table("others.csv", 2, 40);
        done(run("train", job()));
        String others = "evaluate.synthesis.generated = \"DIR/others.csv\"";

        Ended ended = done(run("evaluate", job(others)));

        assertThat(ended.out()).containsPattern("shape 0\\.[67]").doesNotContain("at most one value");

        write("others.csv", "town,price", "London,20", "Brno,20", "London,20", "Brno,20");

        assertThat(done(run("evaluate", job(others))).out())
                .contains("have at most one value in price, where the table has more");
    }

    @Test
    void aTargetThatIsNotModelledIsRefused() {
        table("table.csv", 1, 5);
        done(run("train", job()));

        assertRefused(
                run("evaluate", job("evaluate.synthesis.target = towns")),
                2,
                "evaluate.synthesis.target is \"towns\"",
                "did you mean town");
        assertRefused(
                run("evaluate", job("evaluate.synthesis.generated = \"DIR/none.csv\"")),
                3,
                "evaluate.synthesis.generated",
                "does not exist");
    }
}
