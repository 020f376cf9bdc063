package io.github.sparklatent.bench.drill;

import io.github.sparklatent.app.files.OutputDirectory;
import io.github.sparklatent.cluster.storage.CommitLog;
import io.github.sparklatent.config.OutputMode;
import io.github.sparklatent.config.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The process that a drill kills. It writes a result as a job does, without Spark, so that most kills fall into the
 * commit.
 */
final class CommitWriter {
    static final int FILES = 5;
    private static final int REPEATED = 4096;

    private CommitWriter() {}

    /** Writes a result ({@code result PATH VERSIONED CONTENT}) or appends ({@code log ...}). */
    public static void main(String[] arguments) throws IOException {
        try {
            if (arguments[0].equals("log")) {
                append(arguments[1], arguments[2], Integer.parseInt(arguments[3]));
            } else {
                write(arguments[1], Boolean.parseBoolean(arguments[2]), arguments[3]);
            }
        } catch (UncheckedIOException | UsageException e) {
            System.out.println(e.getMessage());
            System.exit(e instanceof UsageException ? 2 : 1);
        }
    }

    private static void write(String path, boolean versioned, String content) {
        try (OutputDirectory output = new OutputDirectory(new Configuration(), path, OutputMode.OVERWRITE, versioned)) {
            System.out.println("begin");
            output.lock("drill");
            output.requireUsable();
            output.write(directory -> {
                for (int i = 0; i < FILES; i++) {
                    output.text(file(directory, i), text(content));
                }
            });
        }
    }

    static Path file(Path directory, int index) {
        return new Path(directory, "part-" + index + "/data");
    }

    static String text(String content) {
        return (content + "\n").repeat(REPEATED);
    }

    private static void append(String directory, String writer, int entries) {
        CommitLog log = new CommitLog(new Configuration(), new Path(directory));
        for (int i = 0; i < entries; i++) {
            long number = log.newest().map(CommitLog.Entry::number).orElse(0L) + 1;
            while (!log.append(number, writer + " " + i)) {
                number++;
            }
        }
    }
}
