package io.github.sparklatent.learn.averaging;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.learn.objective.StochasticObjective.ParameterGroup;
import io.github.sparklatent.learn.objective.StochasticObjective.Range;
import io.github.sparklatent.learn.optimizer.LearningRate;
import io.github.sparklatent.learn.optimizer.Optimizer;
import io.github.sparklatent.learn.optimizer.OptimizerSteps;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The parameter groups of an objective and the ranges of the parameter vector that they update.
 *
 * <p>A partition returns only the updated parameters, and the driver processes only them. They are packed: one after
 * the other, in the order of the vector, without the other parameters. Parameters that are in no group do not change.
 * If all parameters are updated, the packed and the unpacked vector are the same array.
 */
public final class ParameterGroups {
    private final List<ParameterGroup> groups;
    private final List<Range> decayed;
    private final List<Range> clipped;
    private final int parameters;
    private final List<Range> updated;
    private final int updatedLength;

    private ParameterGroups(StochasticObjective objective) {
        this.groups = objective.parameterGroups();
        Require.that(!groups.isEmpty(), "the objective has no group, expected at least one");
        this.decayed = objective.decayed();
        this.clipped = objective.clipped();
        this.parameters = objective.parameterCount();
        this.updated = merged();
        this.updatedLength = length(updated);
        Require.that(
                updatedLength > 0, "the groups update none of the %d parameters, expected at least one", parameters);
    }

    /**
     * Returns the groups of an objective.
     *
     * @throws IllegalArgumentException if there is no group, if the groups update no parameter, if a range is not
     *     within the parameter vector or if two ranges overlap
     */
    static ParameterGroups of(StochasticObjective objective) {
        return new ParameterGroups(objective);
    }

    private record Owned(ParameterGroup group, Range range) {}

    /** Returns all ranges in ascending order; adjacent ranges are merged. */
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
                requireDisjoint(owned.get(i - 1), owned.get(i));
                merged.set(merged.size() - 1, new Range(before.from(), before.length() + range.length()));
            } else {
                merged.add(range);
            }
        }
        return List.copyOf(merged);
    }

    private void requireWithin(ParameterGroup group, Range range) {
        Require.that(
                range.from() >= 0 && range.length() >= 0 && range.length() <= parameters - range.from(),
                "group %s updates %d parameters from index %d on, expected a part of 0 to %d",
                group.name(),
                range.length(),
                range.from(),
                parameters);
    }

    private static void requireDisjoint(Owned first, Owned second) {
        Require.that(
                first.range().to() <= second.range().from(),
                "parameter %d is in the groups %s and %s, expected one group",
                second.range().from(),
                first.group().name(),
                second.group().name());
    }

    private static int length(List<Range> ranges) {
        return ranges.stream().mapToInt(Range::length).sum();
    }

    /** Requires a group for every optimiser. An optimiser without a group would have no effect. */
    void requireNoMore(List<Optimizer> optimizers) {
        Require.that(
                optimizers.size() <= groups.size(),
                "there are %d optimizers, expected at most %d: one for each group",
                optimizers.size(),
                groups.size());
    }

    /** Returns the learning rate of each group after this many epochs. */
    List<LearningRate> rates(AveragingOptions options, double epochs) {
        List<LearningRate> rates = new ArrayList<>();
        for (int p = 0; p < groups.size(); p++) {
            double rate = options.optimizer(p).rate(epochs, options.maxEpochs());
            rates.add(new LearningRate(groups.get(p).name(), rate));
        }
        return rates;
    }

    /**
     * Returns the learning rate of each group like {@link #rates}; while a group is in its warm-up, its rate at the end
     * of the warm-up.
     */
    List<LearningRate> warmedUpRates(AveragingOptions options, double epochs) {
        List<LearningRate> rates = new ArrayList<>();
        for (int p = 0; p < groups.size(); p++) {
            Optimizer optimizer = options.optimizer(p);
            double warmedUp = Math.max(epochs, optimizer.schedule().warmUpEpochs());
            rates.add(new LearningRate(groups.get(p).name(), optimizer.rate(warmedUp, options.maxEpochs())));
        }
        return rates;
    }

    /** Returns whether the learning rate of at least one group is in its warm-up. */
    boolean areWarmingUp(AveragingOptions options, double epochs) {
        return options.optimizers().stream()
                .anyMatch(optimizer -> epochs < optimizer.schedule().warmUpEpochs());
    }

    int updated() {
        return updatedLength;
    }

    private boolean updatesAll() {
        return updatedLength == parameters;
    }

    /** Number of moments of all groups. */
    long moments(AveragingOptions options) {
        long entries = 0;
        for (int p = 0; p < groups.size(); p++) {
            entries +=
                    (long) options.optimizer(p).vectors() * length(groups.get(p).ranges());
        }
        return entries;
    }

    /**
     * Returns the updated parameters, packed.
     *
     * @param vector all parameters. Not modified. If all parameters are updated, this array itself is returned.
     */
    float[] pack(float[] vector) {
        if (updatesAll()) {
            return vector;
        }
        float[] packed = new float[updatedLength];
        int at = 0;
        for (Range range : updated) {
            System.arraycopy(vector, range.from(), packed, at, range.length());
            at += range.length();
        }
        return packed;
    }

    /**
     * Returns all parameters: the given values of the updated parameters, and copies of all other parameters.
     *
     * @param packed the updated parameters, packed. Not modified. If all parameters are updated, this array itself is
     *     returned.
     * @param others all parameters, from which the parameters that are not updated are copied. Not modified.
     */
    float[] unpack(float[] packed, float[] others) {
        if (updatesAll()) {
            return packed;
        }
        float[] vector = others.clone();
        int at = 0;
        for (Range range : updated) {
            System.arraycopy(packed, at, vector, range.from(), range.length());
            at += range.length();
        }
        return vector;
    }

    /**
     * Creates the optimiser steps of each group. The groups share the vectors of moments, because no parameter is in
     * two groups.
     *
     * @param moments moments of all groups, one after the other, or empty at the start
     * @param taken number of steps from which these moments come
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
                    new OptimizerSteps(options.optimizer(p), ranges, decayed, clipped, shared, fresh ? 0 : taken);
            at = fresh ? 0 : own.readMoments(moments, at);
            all.add(own);
        }
        return all;
    }
}
