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

    @Test
    void fewerRowsThanColumnsAreTold() throws Exception {
        write("few.csv", "a,b,c,d", "1,2,0,1", "2,1,3,2", "3,5,1,4", "4,4,2,0");
        Ended trained = done(run(
                "train",
                "data { path = \"DIR/few.csv\", format = csv, holdout.fraction = 0" + " }",
                "model.components = 1, output.path = \"DIR/out\""));
        String warning = "1 of 1 components have no more rows than columns";
        assertThat(trained.out()).contains("warning", warning, "4.0 rows, 4 columns");
        assertThat(String.valueOf(metrics("out").get("warnings"))).contains(warning);
    }

    /** Of the table that is trained on alone: nobody chooses partitions for the others. */
    @Test
    void morePartitionsThanRowsAreTold() throws Exception {
        write("groups.csv", groups(60));
        write("held.csv", groups(4));
        Ended trained = done(run(
                "train", training("train.partitions = 61", "data.holdout { path = \"DIR/held.csv\", fraction = 0 }")));
        String warning = "train.partitions is 61, but the table has 60 training rows";
        assertThat(trained.out()).contains("warning", warning);
        assertThat(metrics("out").get("warnings"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .singleElement()
                .asString()
                .startsWith(warning);
        done(run("evaluate", training("train.partitions = 61")));
        assertThat(metrics("out-evaluation").get("warnings"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .isEmpty();
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
    void aNetworkOnAWideTableNamesTheScale() throws Exception {
        write("wide.csv", lines("x,y", 60, i -> 100 * (i % 7) + "," + 0.3 * (i % 5)));
        for (String scale : new String[] {"none", "standard"}) {
            done(run(
                    "train",
                    "data { path = \"DIR/wide.csv\", format = csv, holdout.fraction = 0 }",
                    "data.columns { x = number, y = number }, data.scale = " + scale,
                    "model { type = vae, latent = 1, encoder = [2], decoder = [2] }",
                    "model.likelihood = gaussian, train.maxEpochs = 1",
                    "output { path = \"DIR/out\", overwrite = true, report = false }"));
            String warnings = String.valueOf(metrics("out").get("warnings"));
            if (scale.equals("none")) {
                assertThat(warnings).contains("\"x\" has the variance", "data.scale = standard");
            } else {
                assertThat(warnings).doesNotContain("variance");
            }
        }
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
