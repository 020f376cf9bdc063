package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often a command reads its table: the bytes that it reads of the file, in sizes of the file. */
class ReadingPassesTest extends CommandTest {
    private static final AtomicLong BYTES = new AtomicLong();
    private static final int ROWS = 6_000;
    private long size;

    /** Files whose bytes are counted when they are read. */
    public static final class Counted extends RawLocalFileSystem {
        @Override
        public URI getUri() {
            return URI.create("counted:///");
        }

        @Override
        public FSDataInputStream open(org.apache.hadoop.fs.Path path, int bufferSize) throws IOException {
            FSDataInputStream own = super.open(path, bufferSize);
            return new FSDataInputStream(new FSInputStream() {
                @Override
                public int read() throws IOException {
                    BYTES.incrementAndGet();
                    return own.read();
                }

                @Override
                public int read(byte[] bytes, int from, int length) throws IOException {
                    int read = own.read(bytes, from, length);
                    BYTES.addAndGet(Math.max(0, read));
                    return read;
                }

                @Override
                public void seek(long position) throws IOException {
                    own.seek(position);
                }

                @Override
                public long getPos() throws IOException {
                    return own.getPos();
                }

                @Override
                public boolean seekToNewSource(long target) {
                    return false;
                }

                @Override
                public void close() throws IOException {
                    own.close();
                }
            });
        }
    }

    @BeforeEach
    void table() throws IOException {
        spark.sparkContext().hadoopConfiguration().set("fs.counted.impl", Counted.class.getName());
        Random random = new Random(3);
        List<String> lines = new ArrayList<>(List.of("row,shop,town,x,y"));
        for (int i = 0; i < ROWS; i++) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%d,%s,%s,%.9f,%.9f",
                    i,
                    i % 3 == 0 ? "north" : "south",
                    i % 7 == 0 ? "Rome" : "Oslo",
                    4 * (i % 2) + random.nextGaussian(),
                    i % 5 + random.nextGaussian()));
        }
        size = Files.size(java.nio.file.Path.of(write("rows.csv", lines.toArray(String[]::new))));
    }

    @AfterEach
    void forget() {
        spark.sparkContext().hadoopConfiguration().unset("fs.counted.impl");
    }

    private double passes(String name, String... arguments) {
        BYTES.set(0);
        done(latent(arguments));
        double passes = (double) BYTES.get() / size;
        System.err.printf(Locale.ROOT, "PASSES %-30s %.2f%n", name, passes);
        return passes;
    }

    private double passes(String name, String command, List<String> arguments, String... lines) {
        List<String> all = new ArrayList<>(List.of(
                "data { path = \"counted://DIR/rows.csv\", format = csv, id = row }",
                "output { path = \"DIR/out\", overwrite = true }"));
        all.addAll(List.of(lines));
        List<String> typed = new ArrayList<>(List.of(command, "--config", configuration(all.toArray(String[]::new))));
        typed.addAll(arguments);
        return passes(name, typed.toArray(String[]::new));
    }

    @Test
    void measure() {
        String model = "model.components = 2, train.maxRounds = 2";
        passes("train", "train", List.of(), model);
        passes("score", "score", List.of(), model, "model.path = \"DIR/out\", output.path=\"DIR/scored\"");
        String registry = "registry.path = \"DIR/registry\"";
        passes("retrain, first", "retrain", List.of("--run-id", "b"), model, registry);
        passes("drift, model", "drift", List.of(), "drift.current = \"counted://DIR/rows.csv\", model.path = \"DIR/out\", output.path = \"DIR/drift\"");
        assertThat(size).isPositive();
    }
}
