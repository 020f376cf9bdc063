package io.github.sparklatent.config;

import java.util.Locale;

/** What is done with rows that hold NaN, infinity or null. */
public enum InvalidRows {
    /** The job ends with exit code 3. */
    ERROR,
    /** They are left out and counted. */
    SKIP,
    /** They are missing values, for models that can hold them. */
    KEEP;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
