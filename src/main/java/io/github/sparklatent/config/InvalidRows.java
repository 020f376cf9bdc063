package io.github.sparklatent.config;

import java.util.Locale;

/** Handling of rows that hold NaN, infinity or null. */
public enum InvalidRows {
    /** The job ends with exit code 3. */
    ERROR,
    /** Invalid rows are left out and counted. */
    SKIP,
    /** Invalid numbers are missing values, for models that support them. */
    KEEP;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
