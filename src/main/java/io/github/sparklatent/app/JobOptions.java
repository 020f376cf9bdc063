package io.github.sparklatent.app;

import com.typesafe.config.ConfigUtil;
import io.github.sparklatent.app.config.Job;
import io.github.sparklatent.app.console.Session;
import io.github.sparklatent.app.files.SavedResult;
import io.github.sparklatent.config.UsageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of a command that starts Spark, and the footer of its help. */
@Command(footer = {"", JobOptions.SUBMIT, "", JobOptions.CODES, JobOptions.FURTHER_CODES})
final class JobOptions extends CommonOptions {
    static final String SUBMIT = "Arguments after -- are passed to spark-submit, for example -- --driver-memory 8g";

    static final String CODES =
            "Exit codes: 0 done, 2 usage or configuration, 3 input data, 4 rejected (if asked for),";

    static final String FURTHER_CODES =
            "5 training diverged, 130 or 143 stopped by a signal (a training that has finished a round writes a checkpoint), 1 any other error.";

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "TABLE",
            description = {
                "Table: a file (.csv .tsv .txt .parquet .orc .json .jsonl .svm .libsvm, IDX; also compressed), a folder of such files, or a table of the catalog (db.table)."
                        + " Format, header and separator are recognised; the result is out/NAME-PRESET. A name that ends in .conf is a configuration."
            })
    private String table;

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            description =
                    "Ready-made settings for a task: groups (the default), anomalies, impute, generate, compress or images. A configuration and --set win over them; --dry-run explains them.")
    private String preset;

    @Option(
            names = "--dry-run",
            description = "Print the whole configuration and check paths and columns with Spark, but do nothing else.")
    private boolean dryRun;

    /**
     * Returns what was typed.
     *
     * @param named result of a training that the command line names after the table; null: the table may be one
     * @throws UsageException if there are two configurations
     */
    JobRequest request(Job job, String named) {
        boolean isFile = table != null && table.endsWith(".conf");
        if (isFile && isConfigured()) {
            throw new UsageException(
                    "%s is a second configuration beside that of --config; leave out one of them".formatted(table));
        }
        boolean isResult = named == null
                && table != null
                && !isFile
                && job.readsModel()
                && SavedResult.at(Session.fileSystems(), table).isPresent();
        Optional<String> model = Optional.ofNullable(isResult ? table : named);
        List<String> all = new ArrayList<>(overrides());

        model.ifPresent(path -> all.add("model.path=" + ConfigUtil.quoteString(path)));
        return new JobRequest(
                isFile || isResult ? null : table,
                preset,
                isFile ? Path.of(table) : config(),
                configText(),
                model,
                all);
    }

    boolean dryRun() {
        return dryRun;
    }
}
