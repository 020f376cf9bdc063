package io.github.sparklatent.bench.networks;

import io.github.sparklatent.bench.networks.Curve.Point;
import io.github.sparklatent.learn.AveragingListener;
import io.github.sparklatent.learn.AveragingLoop;
import io.github.sparklatent.learn.AveragingOptions;
import io.github.sparklatent.learn.AveragingState;
import io.github.sparklatent.learn.NetworkRound;
import io.github.sparklatent.learn.Shards;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.objective.VariationalObjective;
import io.github.sparklatent.vae.objective.VariationalOptions;
import java.util.ArrayList;
import java.util.List;

/**
 * Trains a variational autoencoder and keeps its curve.
 *
 * @param name of the run
 * @param architecture of the network
 * @param loss of the network
 * @param averaging how it is trained
 * @param likelihood what measures the parameters after a pass; null, or NaN: they are not
 */
record Training(
        String name,
        Architecture architecture,
        VariationalOptions loss,
        AveragingOptions averaging,
        Likelihood likelihood) {
    /** Measures log p(x) of held-out rows. */
    @FunctionalInterface
    interface Likelihood {
        /** Nats a row; NaN where this pass is not one to measure. */
        double of(float[] parameters, double passes);
    }

    /** Trains from the first weights of seed 1, or of the averaging's own. */
    Curve run(Shards train, Shards holdout) {
        Recorder recorder = new Recorder();
        AveragingLoop.run(
                name,
                new VariationalObjective(architecture, loss),
                train,
                holdout,
                AveragingState.start(architecture.initialize(Kind.VARIATIONAL, averaging.seed())),
                averaging,
                recorder);
        return new Curve(name, false, recorder.points);
    }

    /** Keeps a point for each evaluation. */
    private final class Recorder implements AveragingListener {
        private final List<Point> points = new ArrayList<>();
        private double seconds;

        @Override
        public void afterRound(NetworkRound round, AveragingState state) {
            seconds += round.seconds() - round.evaluate();
            if (round.heldOut().isEmpty()) {
                return;
            }
            double passes = Math.rint(round.passes() * 1000) / 1000;
            double measured =
                    likelihood == null ? Double.NaN : likelihood.of(state.parameters(), passes);
            List<Double> average = round.averageHeldOut();
            points.add(
                    new Point(
                            passes,
                            rounded(seconds),
                            rounded(-round.heldOut().get(0)),
                            rounded(round.heldOut().get(1)),
                            rounded(round.heldOut().get(2)),
                            average.isEmpty() ? null : rounded(-average.get(0)),
                            Double.isNaN(measured) ? null : rounded(measured)));
            System.err.printf("  %s: %s%n", name, points.get(points.size() - 1));
        }
    }

    static double rounded(double value) {
        return Math.rint(value * 1e4) / 1e4;
    }
}
