package io.github.sparklatent.learn.averaging;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.learn.objective.StochasticObjective.ParameterGroup;
import io.github.sparklatent.learn.objective.StochasticObjective.Range;
import io.github.sparklatent.learn.optimizer.LearningRate;
import io.github.sparklatent.learn.optimizer.Moments;
import io.github.sparklatent.learn.optimizer.Optimizer;
import io.github.sparklatent.learn.optimizer.OptimizerSteps;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The groups of an objective and what they move of its vector of parameters.
 *
 * <p>Only what is moved travels back from a partition, packed in the order in which it lies in the
 * vector, and only that goes through the driver's arithmetic: what no group moves is copied and so
 * keeps its bits. Where all is moved, packed and unpacked are the same array.
 */
public final class ParameterGroups {
    private final List<ParameterGroup> groups;
    private final int parameters;
    private final List<Range> moved;
    private final int movedLength;

    private ParameterGroups(List<ParameterGroup> groups, int parameters) {
        Require.that(!groups.isEmpty(), "the objective has no group, expected at least one");
        this.groups = groups;
        this.parameters = parameters;
        this.moved = merged();
        this.movedLength = length(moved);
        Require.that(movedLength > 0, "the groups move none of the %d parameters", parameters);
    }

    /**
     * The groups of an objective.
     *
     * @throws IllegalArgumentException where there is none, where none of them moves anything,
     *     where a range leaves the vector or where two ranges overlap
     */
    static ParameterGroups of(StochasticObjective objective) {
        return new ParameterGroups(objective.parameterGroups(), objective.parameterCount());
    }

    private record Owned(ParameterGroup group, Range range) {}

    /** All ranges as they lie, neighbours made one. */
    private List<Range> merged() {
        List<Owned> owned = new ArrayList<>();
        for (ParameterGroup group : groups) {
            for (Range range : group.ranges()) {
                requireWithin(group, range);
                if (range.length() > 0) {
                    owned.add(new Owned(group, range));
                }
            }
        }
        owned.sort(Comparator.comparingInt(entry -> entry.range().from()));
        List<Range> merged = new ArrayList<>();
        for (int i = 0; i < owned.size(); i++) {
            Range range = owned.get(i).range();
            Range before = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (before != null && range.from() <= before.to()) {
                requireApart(owned.get(i - 1), owned.get(i));
                merged.set(
                        merged.size() - 1,
                        new Range(before.from(), before.length() + range.length()));
            } else {
                merged.add(range);
            }
        }
        return List.copyOf(merged);
    }

    private void requireWithin(ParameterGroup group, Range range) {
        Require.that(
                range.from() >= 0
                        && range.length() >= 0
                        && range.length() <= parameters - range.from(),
                "%s moves %d parameters from %d on, expected a part of 0 to %d",
                group.name(),
                range.length(),
                range.from(),
                parameters);
    }

    private static void requireApart(Owned first, Owned second) {
        Require.that(
                first.range().to() <= second.range().from(),
                "parameter %d is moved by %s and by %s, expected it to be moved once",
                second.range().from(),
                first.group().name(),
                second.group().name());
    }

    private static int length(List<Range> ranges) {
        return ranges.stream().mapToInt(Range::length).sum();
    }

    /** Whether it is a game. */
    boolean areSeveral() {
        return groups.size() > 1;
    }

    /** An optimiser without a group would be an option without effect. */
    void requireNoMore(List<Optimizer> optimizers) {
        Require.that(
                optimizers.size() <= groups.size(),
                "there are %d optimizers, expected at most %d: one for each group",
                optimizers.size(),
                groups.size());
    }

    /** The rate of each, in their order, after so many epochs. */
    List<LearningRate> rates(AveragingOptions options, double epochs) {
        List<LearningRate> rates = new ArrayList<>();
        for (int p = 0; p < groups.size(); p++) {
            double rate = options.optimizer(p).rate(epochs, options.maxEpochs());
            rates.add(new LearningRate(groups.get(p).name(), rate));
        }
        return rates;
    }

    /** The same, but during a warm-up the rates that it rises to. */
    List<LearningRate> reached(AveragingOptions options, double epochs) {
        List<LearningRate> rates = new ArrayList<>();
        for (int p = 0; p < groups.size(); p++) {
            Optimizer optimizer = options.optimizer(p);
            double risen = Math.max(epochs, optimizer.schedule().warmUpEpochs());
            rates.add(
                    new LearningRate(
                            groups.get(p).name(), optimizer.rate(risen, options.maxEpochs())));
        }
        return rates;
    }

    /** Whether a warm-up is under way. */
    boolean areRising(AveragingOptions options, double epochs) {
        return options.optimizers().stream()
                .anyMatch(optimizer -> epochs < optimizer.schedule().warmUpEpochs());
    }

    /** Parameters that are moved. */
    int moved() {
        return movedLength;
    }

    private boolean movesAll() {
        return movedLength == parameters;
    }

    /** Entries of the moments of all groups, or 0 where they do not outlive a round. */
    int moments(AveragingOptions options) {
        int entries = 0;
        if (options.moments() == Moments.AVERAGE) {
            for (int p = 0; p < groups.size(); p++) {
                entries += options.optimizer(p).vectors() * length(groups.get(p).ranges());
            }
        }
        return entries;
    }

    /**
     * What is moved, packed.
     *
     * @param vector of all parameters. Not modified; the result itself where all is moved.
     */
    float[] pack(float[] vector) {
        if (movesAll()) {
            return vector;
        }
        float[] packed = new float[movedLength];
        int at = 0;
        for (Range range : moved) {
            System.arraycopy(vector, range.from(), packed, at, range.length());
            at += range.length();
        }
        return packed;
    }

    /**
     * All parameters: those that are moved and, bit for bit, the others.
     *
     * @param packed what is moved. Not modified; the result itself where all is moved.
     * @param others a vector of all parameters. Not modified.
     */
    float[] unpack(float[] packed, float[] others) {
        if (movesAll()) {
            return packed;
        }
        float[] vector = others.clone();
        int at = 0;
        for (Range range : moved) {
            System.arraycopy(packed, at, vector, range.from(), range.length());
            at += range.length();
        }
        return vector;
    }

    /**
     * An optimiser's steps for each group. They share the vectors of moments, since no two move the
     * same parameter.
     *
     * @param moments of all groups, one after the other, or none to begin with
     * @param taken steps that the moments stand for
     */
    List<OptimizerSteps> steps(AveragingOptions options, float[] moments, long taken) {
        boolean fresh = moments.length == 0;
        int vectors = 0;
        for (int p = 0; p < groups.size(); p++) {
            vectors = Math.max(vectors, options.optimizer(p).vectors());
        }
        float[][] shared = new float[vectors][parameters];
        List<OptimizerSteps> all = new ArrayList<>();
        int at = 0;
        for (int p = 0; p < groups.size(); p++) {
            List<Range> ranges = groups.get(p).ranges();
            OptimizerSteps own =
                    new OptimizerSteps(options.optimizer(p), ranges, shared, fresh ? 0 : taken);
            at = fresh ? 0 : own.readMoments(moments, at);
            all.add(own);
        }
        return all;
    }
}
