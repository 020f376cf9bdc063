package io.github.sparklatent.report;

import io.github.sparklatent.learn.em.Round;

/** The duration of each phase of a round in seconds; 0 if the round does not have the phase. */
public record RoundSeconds(
        int number, double broadcast, double compute, double reduce, double update, double evaluate) {

    /** Returns the durations of an EM round. */
    public static RoundSeconds of(Round round) {
        return new RoundSeconds(round.number(), round.broadcast(), round.compute(), round.reduce(), round.update(), 0);
    }

    /** Returns the duration of the whole round in seconds. */
    public double seconds() {
        return broadcast + compute + reduce + update + evaluate;
    }
}
