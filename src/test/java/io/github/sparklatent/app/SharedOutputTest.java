package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.app.files.OutputDirectory;
import io.github.sparklatent.cluster.storage.ObjectStore;
import io.github.sparklatent.config.OutputMode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several runs with one output, and outputs on stores whose rename is a copy. */
class SharedOutputTest extends CommandTest {
    @BeforeEach
    void table() {
        write("groups.csv", groups(60));
        spark.sparkContext()
                .hadoopConfiguration()
                .set("fs." + ObjectStore.SCHEME + ".impl", ObjectStore.class.getName());
    }

    /** A training of two rounds. */
    @Override
    String[] training(String... further) {
        return with(super.training(further), "train.maxRounds = 2, output.report = false");
    }

    /** Another run that writes to a path. */
    private static OutputDirectory held(String path) {
        OutputDirectory other = new OutputDirectory(new Configuration(), path, OutputMode.OVERWRITE, false);
        other.lock("app-7");
        return other;
    }

    @Test
    void theSecondRunEndsAtItsStart() throws IOException {
        done(run("train", training()));
        write("out.checkpoint", "of the first run");
        String[] lines = training("output.overwrite = true");
        configuration(lines);
        String path = folder.resolve("out").toString();
        OutputDirectory first = held(path);
        Map<String, String> before = snapshot(folder);
        assertRefused(
                run("train", lines),
                1,
                "spark-latent: output.path \"" + path + "\" is in use: process ",
                " (Spark application app-7) has held it since 20",
                "; wait for its end, stop it, or set another path");
        assertThat(snapshot(folder)).isEqualTo(before);
        first.close();
        Files.delete(folder.resolve("out.checkpoint"));
        done(run("train", lines));
    }

    @Test
    void ofTwoTrainingsWithOneCheckpointTheSecondEnds() {
        String[] lines = training("train.checkpoint.path = \"DIR/state\"");
        OutputDirectory first = held(folder.resolve("state").toString());
        assertRefused(
                run("train", lines),
                1,
                "spark-latent: train.checkpoint.path \"" + folder + "/state\" is in use: process ");
        first.close();
        assertThat(names()).containsExactly("groups.csv", "job.conf");
        done(run("train", lines));
        assertThat(names()).containsExactly("groups.csv", "job.conf", "out");
    }

    @Test
    void readersFindTheOldResultWhileItIsReplaced() throws IOException {
        done(run("train", training()));
        Files.move(folder.resolve("out"), folder.resolve(".out.old"));
        assertThat(done(run("inspect", training())).out()).contains(".out.old/model");
        done(run("evaluate", training()));
        assertThat(names()).as("reading repairs nothing").contains(".out.old");
        done(run("train", training("output.overwrite = true")));
        assertThat(names()).containsExactly("groups.csv", "job.conf", "out", "out-evaluation");
    }

    @Test
    void anObjectStoreReplacesAResultAsAVersion() {
        String[] plain = training("output.path = \"objects://DIR/plain\"");
        done(run("train", plain));
        assertThat(done(run("inspect", plain)).out()).contains("2 components");
        assertRefused(
                run("train", with(plain, "model.components = 4")),
                2,
                "/plain\" exists; set output.overwrite = true to replace it");
        done(run("train", with(plain, "output.overwrite = true, model.components = 3")));
        assertThat(done(run("inspect", plain)).out()).contains("3 components");

        String[] versioned = training("output { path = \"objects://DIR/versions\", versioned = true }");
        assertThat(done(run("train", versioned)).out()).contains("/versions/versions/");
        done(run("train", with(versioned, "model.components = 3")));
        assertThat(done(run("inspect", versioned)).out()).contains("3 components");
        done(run("evaluate", versioned));
        assertThat(folder.resolve("versions/log").toFile().list())
                .containsExactlyInAnyOrder("00000001.json", "00000002.json");
    }

    private static String[] with(String[] lines, String further) {
        return Stream.concat(Arrays.stream(lines), Stream.of(further)).toArray(String[]::new);
    }
}
