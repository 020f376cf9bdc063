package io.github.sparklatent.bench.training;

import io.github.sparklatent.bench.report.NamedRun;
import io.github.sparklatent.bench.training.Curve.Point;
import io.github.sparklatent.learn.averaging.AveragingLoop;
import io.github.sparklatent.learn.averaging.AveragingLoop.AveragingListener;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.averaging.AveragingState;
import io.github.sparklatent.learn.averaging.NetworkRound;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.objective.VariationalObjective;
import io.github.sparklatent.vae.objective.VariationalOptions;
import java.util.ArrayList;
import java.util.List;

/**
 * The training of a variational autoencoder whose course is recorded.
 *
 * @param averaging options of the training
 */
record Training(String name, Architecture architecture, VariationalOptions loss, AveragingOptions averaging) {
    /** Trains from the initial parameters of the averaging's seed. */
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

    /** Records a point for each evaluation. */
    private final class Recorder implements AveragingListener {
        private final List<Point> points = new ArrayList<>();
        private double seconds;

        @Override
        public void afterRound(NetworkRound round, AveragingState state) {
            seconds += round.seconds() - round.evaluate();
            if (round.heldOut().isEmpty()) {
                return;
            }
            double epochs = Math.rint(round.epochs() * 1000) / 1000;
            List<Double> average = round.averageHeldOut();
            points.add(new Point(
                    epochs,
                    NamedRun.rounded(seconds),
                    NamedRun.rounded(-round.heldOut().get(0)),
                    NamedRun.rounded(round.heldOut().get(1)),
                    NamedRun.rounded(round.heldOut().get(2)),
                    average.isEmpty() ? null : NamedRun.rounded(-average.get(0))));
            System.err.printf("  %s: %s%n", name, points.get(points.size() - 1));
        }
    }
}
