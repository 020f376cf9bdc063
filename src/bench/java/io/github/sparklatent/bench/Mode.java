package io.github.sparklatent.bench;

/** What is measured. */
enum Mode {
    /** Seconds a pass beside the peers. */
    RACE("benchmark"),
    /** Memory and seconds on a cluster. */
    CLUSTER("scale"),
    /** Seconds a pass against sizes. */
    GROWTH("growth");

    private final String part;

    Mode(String part) {
        this.part = part;
    }

    /** Name of its part of the README. */
    String part() {
        return part;
    }
}
