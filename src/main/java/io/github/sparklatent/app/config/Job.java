package io.github.sparklatent.app.config;

import java.util.Locale;

/** The commands that read a configuration, with what each cannot do without. */
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

    /** What the name of the result has behind the model's when it is written beside it. */
    String suffix() {
        return suffix;
    }

    /** Whether the job reads the rows of {@code data.path}. */
    public boolean readsData() {
        return readsData;
    }

    /** Whether the job begins with a model saved by an earlier one. */
    public boolean readsModel() {
        return this != TRAIN;
    }

    /** Whether the job writes a result of its own; {@code inspect} only prints. */
    public boolean writes() {
        return this != INSPECT;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
