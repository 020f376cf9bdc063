package io.github.sparklatent.bench.command;

import io.github.sparklatent.bench.report.Machine;
import io.github.sparklatent.bench.report.NamedRun;
import io.github.sparklatent.bench.report.Page;
import io.github.sparklatent.bench.report.RunFile;
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

    private static final String EACH = "\nThe files in src/bench/results have the machine of each run.";

    @Option(names = "--docs", description = "Write the tables into the pages of the site, too.")
    private boolean docs;

    @Spec
    private CommandSpec spec;

    private String machine;
    private RunFile<?> file;

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
        machine = "%s, %s; %s".formatted(Machine.description(), software(), Machine.hour());
        for (Map.Entry<String, String> page : measure().entrySet()) {
            List<String> noted = machines(page.getKey());
            List<String> machines = noted.size() == 1
                    ? noted
                    : noted.stream()
                            .map(one -> one.replaceFirst("; load .*", ""))
                            .distinct()
                            .toList();
            String text = "%s\nMeasured on %s.%s\n`jobs/bench %s --docs` wrote this.\n"
                    .formatted(
                            page.getValue(),
                            String.join(";\non ", machines),
                            noted.size() > 1 ? EACH : "",
                            spec.name());
            System.out.print(text);
            if (docs && pages().contains(page.getKey())) {
                Page.write(page.getKey(), text);
            }
        }
        return 0;
    }

    /** Opens the file whose runs the pages of this command have. */
    protected <R extends NamedRun> RunFile<R> runs(String name, Class<R> type) throws IOException {
        RunFile<R> opened = RunFile.of(name, type, machine);
        file = opened;
        return opened;
    }

    /** The machine and the software that measure now. */
    protected String machine() {
        return machine;
    }

    /** The machines that measured what a page has, at least one. */
    protected List<String> machines(String page) {
        List<String> noted = file == null ? List.of() : file.machines(name -> true);
        return noted.isEmpty() ? List.of(machine) : noted;
    }

    /** Whether pages are written. */
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
