package io.github.sparklatent.bench.networks;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How one training went.
 *
 * @param name of the run
 * @param timed whether its seconds were measured by {@code --seconds}; those of the run itself say
 *     how busy the machine was
 * @param points along the training
 */
record Curve(String name, boolean timed, List<Point> points) implements NamedRun {
    Curve {
        points = List.copyOf(points);
    }

    /**
     * Where a training stood.
     *
     * @param passes over the data
     * @param seconds of training so far, evaluations not counted
     * @param elbo of the held-out rows, nats a row
     * @param reconstruction its first part
     * @param kl its second part
     * @param averageElbo that of the moving average of the parameters; null where there is none
     * @param logLikelihood by importance samples, nats a row; null where it was not measured
     */
    record Point(
            double passes,
            double seconds,
            double elbo,
            double reconstruction,
            double kl,
            Double averageElbo,
            Double logLikelihood) {
        Point withSeconds(double value) {
            return new Point(passes, value, elbo, reconstruction, kl, averageElbo, logLikelihood);
        }
    }

    @JsonIgnore
    Point last() {
        return points.get(points.size() - 1);
    }

    /** Where it stood after so many passes, within a hundredth; none where it did not get there. */
    Optional<Point> at(double passes) {
        return points.stream().filter(p -> Math.abs(p.passes() - passes) < 0.01).findFirst();
    }

    /** Seconds of training a pass where they were measured, as text, else none. */
    String secondsText() {
        return timed ? String.format(Locale.ROOT, "%.1f", secondsPerPass()) : "";
    }

    /** Seconds of training a pass, the first left out, in which Java compiles. */
    double secondsPerPass() {
        Point first = points.get(0);
        return points.size() == 1
                ? first.seconds() / first.passes()
                : (last().seconds() - first.seconds()) / (last().passes() - first.passes());
    }

    /** The same curve with the seconds of another, shorter run of the same training. */
    Curve timedBy(Curve other) {
        double first = other.points().get(0).seconds();
        double pass = other.secondsPerPass();
        return new Curve(
                name,
                true,
                points.stream()
                        .map(p -> p.withSeconds(Training.rounded(first + (p.passes() - 1) * pass)))
                        .toList());
    }
}
