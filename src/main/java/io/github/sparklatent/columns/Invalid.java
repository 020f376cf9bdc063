package io.github.sparklatent.columns;

import io.github.sparklatent.settings.Names;
import java.util.Locale;

/** Handling of rows with a feature that is null, NaN, infinite or too large to be squared. */
public enum Invalid {
    /** Reading fails with an error. */
    ERROR,
    /** Invalid rows are left out and counted. */
    SKIP,
    /**
     * Null and NaN are missing values, for models that support them. Other invalid numbers are errors. Rows without any
     * value are left out and counted.
     */
    KEEP;

    /** Returns the handling of this lower-case name. */
    public static Invalid of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return Names.of(this);
    }
}
