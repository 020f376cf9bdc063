package io.github.sparklatent.bench.kernels;

import java.util.Locale;

/** Precision of the numbers of a kernel. */
enum Precision {
    FLOAT(0x1p-24),
    DOUBLE(0x1p-53);

    /** Unit roundoff. */
    final double roundoff;

    Precision(double roundoff) {
        this.roundoff = roundoff;
    }

    /** For example "float", as in {@code --only} and in tables. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
