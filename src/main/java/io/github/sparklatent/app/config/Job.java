package io.github.sparklatent.app.config;

import io.github.sparklatent.config.OutputSection;
import io.github.sparklatent.config.OutputSection.OutputMode;
import java.util.Locale;
import java.util.Optional;

/**
 * The jobs, with what each one reads and writes. {@code REGISTRY}: the commands that only read and extend the log of a
 * registry.
 */
public enum Job {
    TRAIN(true, ""),
    EVALUATE(true, "-evaluation"),
    SCORE(true, "-scores"),
    SAMPLE(false, "-sample"),
    INSPECT(false, ""),
    EXPORT(false, ""),
    COMPARE(true, ""),
    REGISTRY(false, "");

    private final boolean readsData;
    private final String suffix;

    Job(boolean readsData, String suffix) {
        this.readsData = readsData;
        this.suffix = suffix;
    }

    /** Returns the suffix for the name of the result if it is written beside the model. */
    public String suffix() {
        return suffix;
    }

    /** Returns whether the job reads the rows of {@code data.path} or {@code data.table}. */
    public boolean readsData() {
        return readsData;
    }

    /** Returns whether the job reads a saved model. */
    public boolean readsModel() {
        return this == EVALUATE || this == SCORE || this == SAMPLE || this == INSPECT || this == EXPORT;
    }

    /** Returns whether the job writes a result directory; the others only print or add to a log. */
    public boolean writes() {
        return this == TRAIN || this == EVALUATE || this == SCORE || this == SAMPLE;
    }

    /** Returns whether the job writes rows, which a table of Spark's catalog can hold. */
    public boolean writesRows() {
        return this == SCORE || this == SAMPLE;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns what the job does if its result exists. */
    public OutputMode mode(OutputSection output) {
        OutputMode general = output.overwrite() ? OutputMode.OVERWRITE : OutputMode.ERROR;
        return writesRows() ? output.rows().mode().orElse(general) : general;
    }

    /** Returns the table of Spark's catalog that the job writes; empty if it writes a directory. */
    public Optional<String> table(OutputSection output) {
        return output.rows().table().filter(name -> writesRows());
    }
}
