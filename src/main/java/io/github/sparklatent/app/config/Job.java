package io.github.sparklatent.app.config;

import java.util.Locale;

/** The jobs, with what each one reads and writes. */
public enum Job {
    TRAIN(true, ""),
    EVALUATE(true, "-evaluation"),
    SCORE(true, "-scores"),
    SAMPLE(false, "-sample"),
    INSPECT(false, "");

    private final boolean readsData;
    private final String suffix;

    Job(boolean readsData, String suffix) {
        this.readsData = readsData;
        this.suffix = suffix;
    }

    /** Returns the suffix for the name of the result if it is written beside the model. */
    String suffix() {
        return suffix;
    }

    /** Returns whether the job reads the rows of {@code data.path}. */
    public boolean readsData() {
        return readsData;
    }

    /** Returns whether the job starts from a saved model. */
    public boolean readsModel() {
        return this != TRAIN;
    }

    /** Returns whether the job writes a result; {@code inspect} only prints. */
    public boolean writes() {
        return this != INSPECT;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
