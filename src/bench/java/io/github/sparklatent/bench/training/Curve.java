package io.github.sparklatent.bench.training;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.github.sparklatent.bench.report.NamedRun;
import java.util.List;
import java.util.Optional;

/**
 * The course of one training.
 *
 * @param timed whether the seconds were measured by {@code --seconds}; other seconds depend on the load of the machine
 * @param points after each evaluation, at least one
 */
record Curve(String name, boolean timed, List<Point> points) implements NamedRun {
    Curve {
        points = List.copyOf(points);
    }

    /**
     * The state of a training.
     *
     * @param epochs so far
     * @param seconds of training so far, without evaluations
     * @param elbo of the held-out rows, nats per row
     * @param reconstruction first part of the bound
     * @param kl second part of the bound
     * @param averageElbo bound of the moving average of the parameters; null: there is none
     */
    record Point(double epochs, double seconds, double elbo, double reconstruction, double kl, Double averageElbo) {}

    @JsonIgnore
    Point last() {
        return points.get(points.size() - 1);
    }

    /** The state after so many epochs, within a hundredth. */
    Optional<Point> at(double epochs) {
        return points.stream().filter(p -> Math.abs(p.epochs() - epochs) < 0.01).findFirst();
    }

    /** Seconds of an epoch as text, or nothing if they were not measured. */
    String secondsText() {
        return timed ? "%.1f".formatted(secondsPerEpoch()) : "";
    }

    /** Seconds of an epoch without the first one, in which Java compiles. */
    double secondsPerEpoch() {
        Point first = points.get(0);
        return points.size() == 1
                ? first.seconds() / first.epochs()
                : (last().seconds() - first.seconds()) / (last().epochs() - first.epochs());
    }

    /** Returns this curve with the seconds of another, shorter run of the same training. */
    Curve timedBy(Curve other) {
        double first = other.points().get(0).seconds();
        double epoch = other.secondsPerEpoch();
        return new Curve(
                name,
                true,
                points.stream()
                        .map(p -> new Point(
                                p.epochs,
                                NamedRun.rounded(first + (p.epochs - 1) * epoch),
                                p.elbo,
                                p.reconstruction,
                                p.kl,
                                p.averageElbo))
                        .toList());
    }

    /** Returns a figure with a minus sign as in print, or nothing if it is null. */
    static String nats(Double value) {
        return value == null ? "" : "%.2f".formatted(value).replace('-', '−');
    }
}
