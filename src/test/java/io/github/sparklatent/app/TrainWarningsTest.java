package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** What a training says of a table that it takes all the same. */
class TrainWarningsTest extends CommandTest {
    @Test
    void rowsWithoutALabelAreCounted() throws Exception {
        write("labels.csv", "x,y,kind", "1,2,u", "2,1,", "3,5,v", "4,4,", "6,5,u");
        String table = "data { path = \"DIR/labels.csv\", format = csv, label = kind }";
        String warning =
                "label column \"kind\" of data.path \"DIR/labels.csv\" has no value in 2 rows, expected one in each"
                        .replace("DIR", folder.toString());
        Ended trained = done(run(
                "train",
                table + ", data.features = [x, y], data.holdout.fraction = 0",
                "model.components = 1, output.path = \"DIR/out\""));
        assertThat(trained.out()).contains("warning", warning);
        assertThat(String.valueOf(metrics("out").get("warnings"))).contains(warning);
        done(run("evaluate", table, "output.path = \"DIR/out\""));
        assertThat(String.valueOf(metrics("out-evaluation").get("warnings"))).contains(warning);
    }

    /** Some of more labels than are counted may be missing: how many is not known. */
    @Test
    void aLabelThatIsNoClassIsToldAloneAndOfItsTable() throws Exception {
        write("labels.csv", lines("x,y,kind\n1,2,\n3,4,", 1001, i -> i + "," + i % 7 + ",k" + i));
        write("held.csv", "x,y,kind", "1,2,u", "2,1,", "3,5,v");
        Ended trained = done(run(
                "train",
                "data { path = \"DIR/labels.csv\", format = csv, label = kind }",
                "data { features = [x, y], holdout.path = \"DIR/held.csv\" }",
                "model.components = 1, output.path = \"DIR/out\""));
        assertThat(metrics("out").get("warnings"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .containsExactly(
                        "label column \"kind\" of data.path \""
                                + folder
                                + "/labels.csv\" has more than 1000 values, expected"
                                + " fewer classes: components are not compared with it",
                        "label column \"kind\" of data.holdout.path \""
                                + folder
                                + "/held.csv\" has no value in 1 row, expected"
                                + " one in each: these rows are not compared with the components");
    }

    @Test
    void farValuesAndTooManyComponentsAreNamed() throws Exception {
        write("far.csv", lines("x,y", 60, i -> (i == 9 ? 999999 : i * 37 % 61) + ".5," + i * 11 % 17 + ".5"));
        Ended trained = done(run(
                "train",
                "data { path = \"DIR/far.csv\", format = csv, holdout.fraction = 0" + " }",
                "model { type = mixture, components = 15 }",
                "output.path = \"DIR/out\""));
        String[] warnings = {
            "from the median of their column: \"x\" in 1.67% of the rows",
            "parameters for 60 training rows, and no rows are held out"
        };
        assertThat(trained.out()).contains(warnings);
        assertThat(String.valueOf(metrics("out").get("warnings"))).contains(warnings);
        assertThat(Files.readString(folder.resolve("out/report.html"))).contains("parameters for 60 training rows");
    }
}
