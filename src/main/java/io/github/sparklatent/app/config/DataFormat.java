package io.github.sparklatent.app.config;

import java.util.Locale;

/** File formats of tables; {@code toString} is the name of Spark's data source. */
public enum DataFormat {
    PARQUET,
    ORC,
    CSV,
    JSON,
    LIBSVM;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
