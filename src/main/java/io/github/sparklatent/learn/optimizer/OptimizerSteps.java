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
     * Creates the steps of some ranges.
     *
     * @param ranges the ranges of the parameter vector that the steps update; they do not overlap
     * @param decayed the ranges on which weight decay acts
     * @param moments moments, at least {@link Optimizer#vectors} vectors, each as long as the parameters. Modified
     *     within the ranges.
     * @param steps number of steps already taken
     */
    public OptimizerSteps(Optimizer options, List<Range> ranges, List<Range> decayed, float[][] moments, long steps) {
        this.options = options;
        for (Range range : ranges) {
            this.ranges.add(new RangeSteps(options, range, decayed, moments));
        }
        this.steps = steps;
    }

    /**
     * Reads the moments that {@link #copyMoments} has written.
     *
     * @param packed array to read from
     * @param offset index of the first entry to read
     * @return the offset after the last entry read
     */
    public int readMoments(float[] packed, int offset) {
        int at = offset;
        for (RangeSteps range : ranges) {
            at = range.readMoments(packed, at);
        }
        return at;
    }

    /** Number of steps taken, including the steps before this object was created. */
    public long steps() {
        return steps;
    }

    /**
     * Writes the moments into an array, range after range. For each range, the part of the first vector of moments that
     * lies in the range comes first, then the part of the second vector, and so on.
     *
     * @param packed array to write into
     * @param offset index of the first entry to write
     * @return the offset after the last entry written
     */
    public int copyMoments(float[] packed, int offset) {
        int at = offset;
        for (RangeSteps range : ranges) {
            at = range.copyMoments(packed, at);
        }
        return at;
    }

    /**
     * Takes one step. Entries outside of the ranges are neither read nor written.
     *
     * @param parameters vector of all parameters. Modified.
     * @param gradient derivatives of the loss with respect to all parameters. Modified.
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

    /** Limits the Euclidean length of the gradient, over all ranges together, to the option clipNorm. */
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
