package io.github.sparklatent.config;

import java.util.Locale;

/** File formats of tables. {@code toString} is the name of Spark's data source; idx has none in Spark. */
public enum DataFormat {
    PARQUET,
    ORC,
    DELTA,
    CSV,
    JSON,
    LIBSVM,
    IDX;

    /** Returns whether a row is an image, with its class if there are labels. */
    public boolean isImages() {
        return this == IDX;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
