package io.github.sparklatent.report;

import io.github.sparklatent.learn.em.Round;

/** Where the time of a round goes, in seconds; 0: it has no such phase. */
public record RoundSeconds(
        int number,
        double broadcast,
        double compute,
        double reduce,
        double update,
        double evaluate) {

    /** The seconds of a round of EM. */
    public static RoundSeconds of(Round round) {
        return new RoundSeconds(
                round.number(),
                round.broadcast(),
                round.compute(),
                round.reduce(),
                round.update(),
                0);
    }

    /** The seconds of the whole round. */
    public double seconds() {
        return broadcast + compute + reduce + update + evaluate;
    }
}
