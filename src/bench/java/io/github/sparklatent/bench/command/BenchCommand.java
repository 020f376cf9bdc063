package io.github.sparklatent.bench.command;

import io.github.sparklatent.bench.report.Machine;
import io.github.sparklatent.bench.report.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A subcommand that measures and prints tables. */
public abstract class BenchCommand implements Callable<Integer> {
    /** Folder of generated rows. */
    public static final Path DATA = Path.of("target", "bench").toAbsolutePath();

    @Option(names = "--docs", description = "Write the tables into the pages of the site, too.")
    private boolean docs;

    @Spec
    private CommandSpec spec;

    /** Names of the pages that may be written; none if the tables are only printed. */
    protected List<String> pages() {
        return List.of(spec.name());
    }

    /** Measures, and returns the text of each page in Markdown. */
    protected abstract Map<String, String> measure() throws IOException;

    /** The software that was measured, with versions. */
    protected String software() throws IOException {
        return "Spark " + org.apache.spark.package$.MODULE$.SPARK_VERSION();
    }

    @Override
    public final Integer call() throws IOException {
        if (docs) {
            for (String page : pages()) {
                Page.read(page);
            }
        }
        String hour = Machine.hour();
        for (Map.Entry<String, String> page : measure().entrySet()) {
            String text = "%s\nMeasured on %s, %s; %s.\n`jobs/bench %s --docs` wrote this.\n"
                    .formatted(page.getValue(), Machine.description(), software(), hour, spec.name());
            System.out.print(text);
            if (docs && pages().contains(page.getKey())) {
                Page.write(page.getKey(), text);
            }
        }
        return 0;
    }

    /** Whether pages and their pictures are written. */
    protected boolean docs() {
        return docs;
    }

    /** The text of the only page. */
    protected Map<String, String> page(String text) {
        return Map.of(spec.name(), text);
    }

    protected static SparkSession session() {
        return SparkSession.builder().appName("spark-latent benchmark").getOrCreate();
    }

    /** Throws an exception that is reported as a wrong use of the command. */
    protected void require(boolean condition, String message, Object... values) {
        if (!condition) {
            throw new ParameterException(spec.commandLine(), message.formatted(values));
        }
    }
}
