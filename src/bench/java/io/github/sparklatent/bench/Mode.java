package io.github.sparklatent.bench;

import java.util.Locale;

/** What is measured. */
enum Mode {
    /** Seconds a pass beside the peers. */
    RACE("benchmark"),
    /** Memory and seconds on a cluster. */
    CLUSTER("scale"),
    /** Seconds a pass against sizes. */
    GROWTH("growth"),
    /** Seconds of whole commands. */
    PIPELINE("pipeline");

    private final String part;

    Mode(String part) {
        this.part = part;
    }

    /** Name of its part of the README. */
    String part() {
        return part;
    }

    /** What asks for it; a race needs no option. */
    String option() {
        return "--" + toString().toLowerCase(Locale.ROOT);
    }
}
