package io.github.sparklatent.ml.mixture.grouped;

import io.github.sparklatent.cluster.RowGroups;
import io.github.sparklatent.gmm.training.MixtureEvaluation;
import io.github.sparklatent.gmm.training.MixtureFit;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.DivergedException;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.mixture.MixedColumns;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.ml.mixture.GroupFitter;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * Fits the model of a group within one task. A group that cannot be fitted has the reason in place of a model, so that
 * it does not end the job.
 *
 * @param fitter fits the rows
 * @param all the model of all rows, which explains the rows of a group for comparison
 * @param least number of training rows that a model needs
 * @param names names of the numbers of a row
 */
record GroupFit(GroupFitter fitter, MixedDensity all, long least, List<String> names) implements Serializable {

    /** Returns the group with its model. */
    GroupModel of(RowGroups.Group group) {
        RowBlocks train = blocks(group.train());
        RowBlocks holdout = blocks(group.holdout());
        MixtureEvaluation ofAll = evaluation(train);
        Result result = result(group, train, holdout);
        MixtureFit<MixedMixture> fit = result.fit();
        return new GroupModel(
                group.key(),
                group.rows(),
                group.heldOut(),
                group.weight(),
                group.heldOutWeight(),
                ofAll == null ? Double.NaN : ofAll.size().number(),
                result.reason() == null ? null : result.reason().toString(),
                result.detail(),
                fit == null
                        ? null
                        : new GroupModel.Fit(
                                fit.figures().rounds(),
                                fit.figures().converged(),
                                ofAllRows(fit, group.weight(), train),
                                fit.figures().holdoutMeanLogLikelihood(),
                                fit.figures().bic()),
                ofAll == null ? Double.NaN : ofAll.meanLogLikelihood(),
                holdout == null ? Double.NaN : evaluation(holdout).meanLogLikelihood(),
                fit == null ? null : fit.mixture());
    }

    private static RowBlocks blocks(List<Block> blocks) {
        return blocks.isEmpty() ? null : new InMemoryRowBlocks(List.of(blocks));
    }

    private MixtureEvaluation evaluation(RowBlocks rows) {
        return rows == null ? null : evaluation(all, rows);
    }

    private static MixtureEvaluation evaluation(MixedDensity density, RowBlocks rows) {
        return MixtureEvaluation.of(
                "group under a model", density, density.mixture().freeParameters(), rows);
    }

    /** Returns the mean log-likelihood of all rows. That of a robust fit is of the kept rows. */
    private static double ofAllRows(MixtureFit<MixedMixture> fit, double weight, RowBlocks rows) {
        return fit.weight() < weight
                ? evaluation(new MixedDensity(fit.mixture()), rows).meanLogLikelihood()
                : fit.figures().meanLogLikelihood();
    }

    /** A fit, or the reason why there is none. */
    private record Result(MixtureFit<MixedMixture> fit, Fallback reason, String detail) {
        static Result none(Fallback reason, String format, Object... values) {
            return new Result(null, reason, format.formatted(values));
        }
    }

    private Result result(RowGroups.Group group, RowBlocks train, RowBlocks holdout) {
        if (group.key().stream().anyMatch(Objects::isNull)) {
            return Result.none(Fallback.NULL_KEY, "a column of data.groupBy is null");
        }
        if (group.isTooLarge()) {
            return Result.none(
                    Fallback.TOO_LARGE,
                    "the rows of the group have more than %d MiB, which a task keeps in memory",
                    RowGroups.GREATEST_BYTES >> 20);
        }
        if (group.rows() < least) {
            return Result.none(Fallback.FEW_ROWS, "%d training rows, expected at least %d", group.rows(), least);
        }
        MixedColumns columns = all.mixture().columns();
        for (int j = 0; j < columns.size(); j++) {
            Range range = range(group.train(), j);
            if (range.isEmpty()) {
                return Result.none(Fallback.EMPTY_COLUMN, "column \"%s\" has no value in the group", names.get(j));
            }
            boolean needsVariance = !columns.get(j).family().isDiscrete();
            if (needsVariance && !(range.least() < range.greatest())) {
                return Result.none(
                        Fallback.CONSTANT_COLUMN, "column \"%s\" has one value in all rows of the group", names.get(j));
            }
        }
        try {
            return new Result(fitter.fit(train, holdout), null, null);
        } catch (DataException | DivergedException | IllegalArgumentException | ArithmeticException e) {
            return Result.none(Fallback.FAILED, "%s", e.getMessage());
        }
    }

    private record Range(double least, double greatest) {
        boolean isEmpty() {
            return least > greatest;
        }
    }

    private static Range range(List<Block> blocks, int column) {
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        for (Block block : blocks) {
            for (int i = 0; i < block.size(); i++) {
                double x = block.rows().data[i * block.width() + column];
                if (!Double.isNaN(x)) {
                    least = Math.min(least, x);
                    greatest = Math.max(greatest, x);
                }
            }
        }
        return new Range(least, greatest);
    }
}
