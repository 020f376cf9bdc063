package io.github.sparklatent.report;

import java.util.stream.DoubleStream;

/** The duration of each part of a job in seconds; NaN if it was not measured. */
public record JobSeconds(double read, double train, double evaluate, double write) {

    /** Returns the sum of the parts that were measured. */
    double total() {
        return DoubleStream.of(read, train, evaluate, write)
                .filter(Double::isFinite)
                .sum();
    }
}
