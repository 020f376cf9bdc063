package io.github.sparklatent.learn.optimizer;

import io.github.sparklatent.learn.objective.StochasticObjective.Range;
import java.util.ArrayList;
import java.util.List;

/** Takes the steps of an {@link Optimizer} over some ranges of a vector of parameters. */
public final class OptimizerSteps {
    private final Optimizer options;
    private final List<RangeSteps> ranges = new ArrayList<>();
    private long steps;

    /**
     * @param ranges moved, none overlapping another
     * @param moments {@link Optimizer#vectors} vectors, or more, as long as that of the parameters,
     *     of which the ranges are modified
     * @param steps that they stand for
     */
    public OptimizerSteps(Optimizer options, List<Range> ranges, float[][] moments, long steps) {
        this.options = options;
        for (Range range : ranges) {
            this.ranges.add(new RangeSteps(options, range, moments));
        }
        this.steps = steps;
    }

    /**
     * Reads what {@link #copyMoments} has written.
     *
     * @return where it ends
     */
    public int readMoments(float[] packed, int offset) {
        int at = offset;
        for (RangeSteps range : ranges) {
            at = range.readMoments(packed, at);
        }
        return at;
    }

    /** Steps taken, those before this object among them. */
    public long steps() {
        return steps;
    }

    /**
     * Writes the moments range after range, of each the vectors one after the other.
     *
     * @return where they end
     */
    public int copyMoments(float[] packed, int offset) {
        int at = offset;
        for (RangeSteps range : ranges) {
            at = range.copyMoments(packed, at);
        }
        return at;
    }

    /**
     * One step. What lies outside of the ranges is neither read nor written.
     *
     * @param parameters modified
     * @param gradient of the loss; may be shortened in place
     * @param rate learning rate of this step
     */
    public void take(float[] parameters, float[] gradient, double rate) {
        steps++;
        if (options.clipNorm() > 0) {
            clip(gradient);
        }
        for (RangeSteps range : ranges) {
            range.take(parameters, gradient, rate, steps);
        }
    }

    /** The gradient's length is that over all ranges. */
    private void clip(float[] gradient) {
        double squares = 0;
        for (RangeSteps range : ranges) {
            squares += range.squares(gradient);
        }
        double norm = Math.sqrt(squares);
        if (norm > options.clipNorm()) {
            for (RangeSteps range : ranges) {
                range.shrink(gradient, (float) (options.clipNorm() / norm));
            }
        }
    }
}
