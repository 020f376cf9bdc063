package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often a command reads its table: how many times it reads most bytes of its file. */
class ReadingPassesTest extends CommandTest {
    private static final AtomicLong SIZE = new AtomicLong();
    private static final AtomicInteger PASSES = new AtomicInteger();
    private static final int ROWS = 10_000;

    /** Makes the table one of 20 MB, too large for the driver. */
    private static final String NOTE = "n".repeat(2_000);

    private static final String MODEL = "model.components = 2, train.maxRounds = 2";
    private static final String SAVED = "model.path = \"DIR/out\"";

    /** Files of which the traversals are counted. */
    public static final class Counted extends RawLocalFileSystem {
        @Override
        public URI getUri() {
            return URI.create("counted:///");
        }

        @Override
        public FSDataInputStream open(Path path, int bufferSize) throws IOException {
            return new FSDataInputStream(new Traversal(super.open(path, bufferSize)));
        }
    }

    private static final class Traversal extends FSInputStream {
        private final FSDataInputStream file;
        private long bytes;

        Traversal(FSDataInputStream file) {
            this.file = file;
        }

        @Override
        public int read() throws IOException {
            int read = file.read();
            count(Math.min(1, read + 1));
            return read;
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            int read = file.read(buffer, from, length);
            count(Math.max(0, read));
            return read;
        }

        private void count(int read) {
            boolean before = 2 * bytes > SIZE.get();
            bytes += read;
            if (!before && 2 * bytes > SIZE.get()) {
                PASSES.incrementAndGet();
            }
        }

        @Override
        public void seek(long position) throws IOException {
            file.seek(position);
        }

        @Override
        public long getPos() throws IOException {
            return file.getPos();
        }

        @Override
        public boolean seekToNewSource(long target) {
            return false;
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    @BeforeEach
    void table() throws IOException {
        spark.sparkContext().hadoopConfiguration().set("fs.counted.impl", Counted.class.getName());
        table(NOTE);
    }

    private void table(String note) throws IOException {
        Random random = new Random(3);
        List<String> lines = new ArrayList<>(List.of("row,shop,town,x,y,note"));
        for (int i = 0; i < ROWS; i++) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%d,%s,%s,%.9f,%.9f,%s",
                    i,
                    i % 3 == 0 ? "north" : "south",
                    i % 7 == 0 ? "Rome" : "Oslo",
                    4 * (i % 2) + random.nextGaussian(),
                    i % 5 + random.nextGaussian(),
                    note));
        }
        SIZE.set(Files.size(java.nio.file.Path.of(write("rows.csv", lines.toArray(String[]::new)))));
    }

    @AfterEach
    void forget() {
        spark.sparkContext().hadoopConfiguration().unset("fs.counted.impl");
    }

    private int passes(String command, String... lines) {
        return passes(command, List.of(), lines);
    }

    private int passes(String command, List<String> arguments, String... lines) {
        List<String> all = new ArrayList<>(List.of(
                "data { path = \"counted://DIR/rows.csv\", format = csv, id = row, features = [shop, town, x, y] }",
                "output { path = \"DIR/out\", overwrite = true }"));
        all.addAll(List.of(lines));
        List<String> typed = new ArrayList<>(List.of(command.split(" ")));
        typed.addAll(List.of("--config", configuration(all.toArray(String[]::new))));
        typed.addAll(arguments);
        PASSES.set(0);
        done(latent(typed.toArray(String[]::new)));
        return PASSES.get();
    }

    @Test
    void aTableIsReadOnceToPlanAndOnceToUseIt() {
        assertThat(passes("train", MODEL)).as("plan, place, score").isEqualTo(3);
        String result = "output.path = \"DIR/result\"";
        assertThat(passes("score", SAVED, result)).isEqualTo(1);
        assertThat(passes("evaluate", SAVED, "output.path = \"DIR/evaluation\""))
                .as("score, count alerts, compare columns")
                .isEqualTo(3);
        assertThat(passes("train", MODEL, "train.initialModel = \"DIR/out\", output.path = \"DIR/next\""))
                .as("place, score")
                .isEqualTo(2);
    }

    @Test
    void aSmallTableIsReadOnce() throws IOException {
        table("");
        assertThat(passes("train", MODEL)).isEqualTo(1);
        assertThat(passes("train", MODEL, "data.groupBy = shop, data.features = [town, x, y], output.report = false"))
                .isEqualTo(1);
    }

    private int retrain(String runId, String... lines) {
        List<String> all = new ArrayList<>(List.of(lines));
        all.addAll(List.of(MODEL, "registry.path = \"DIR/registry\", output.report = false"));
        return passes("registry retrain", List.of("--run-id", runId), all.toArray(String[]::new));
    }

    @Test
    void aRegistryNeedsOneMoreTraversalToCompareVersions() {
        assertThat(retrain("first")).as("plan, place, score, compare").isEqualTo(4);
        assertThat(retrain("second")).as("place, score, compare").isEqualTo(3);
    }

    @Test
    void groupsAreReadWithTheTable() {
        assertThat(passes("train", MODEL, "data.groupBy = shop, data.features = [town, x, y], output.report = false"))
                .as("plan, place, score")
                .isEqualTo(3);
    }
}
