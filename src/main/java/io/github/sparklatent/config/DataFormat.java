package io.github.sparklatent.config;

import java.util.Locale;

/**
 * File formats of tables; {@code toString} is the name of Spark's data source, but for idx, which
 * Spark has none for.
 */
public enum DataFormat {
    PARQUET,
    ORC,
    CSV,
    JSON,
    LIBSVM,
    IDX,
    IMAGE;

    /** Whether a row is an image and, where there are labels, its class. */
    public boolean isImages() {
        return this == IDX || this == IMAGE;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
