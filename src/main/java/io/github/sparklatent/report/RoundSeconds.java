package io.github.sparklatent.report;

import io.github.sparklatent.learn.Round;

/** Where the time of a round goes, in seconds; 0: it has no such phase. */
record RoundSeconds(
        int number,
        double broadcast,
        double compute,
        double reduce,
        double update,
        double evaluate) {

    static RoundSeconds of(Round round) {
        return new RoundSeconds(
                round.number(),
                round.broadcast(),
                round.compute(),
                round.reduce(),
                round.update(),
                0);
    }

    static RoundSeconds of(NetworkReport.Round round) {
        return new RoundSeconds(
                round.number(),
                round.broadcast(),
                round.compute(),
                round.reduce(),
                round.update(),
                round.evaluate());
    }

    /** Of the whole round. */
    double seconds() {
        return broadcast + compute + reduce + update + evaluate;
    }
}
