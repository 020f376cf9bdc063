package io.github.sparklatent.ml.mixture.grouped;

import io.github.sparklatent.cluster.BlockPacker;
import io.github.sparklatent.cluster.PackedRows;
import io.github.sparklatent.cluster.table.HoldoutRule;
import io.github.sparklatent.cluster.table.RowRecord;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.DivergedException;
import io.github.sparklatent.learn.StateCodec;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.training.MixtureEvaluation;
import io.github.sparklatent.mixture.training.MixtureFit;
import io.github.sparklatent.ml.mixture.MixtureEstimator;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * Fits the model of a group within one task. Its rows are packed into blocks as a partition of a table is, so the
 * blocks depend on these rows alone. A group that cannot be fitted has the reason in place of a model, so that it does
 * not end the job.
 *
 * @param fitter fits the rows
 * @param all the model of all rows, which explains the rows of a group for comparison
 * @param least number of training rows that a model needs
 * @param names names of the numbers of a row
 * @param keep whether NaN is a missing value
 * @param rule which rows are held out of training
 */
record GroupFit(
        MixtureEstimator.Fitter fitter,
        MixedDensity all,
        long least,
        List<String> names,
        Scaling scaling,
        boolean keep,
        HoldoutRule rule)
        implements Serializable {
    /** Columns of the table of groups; the content is the encoded {@link Groups.Group}, null if there are few rows. */
    static final StructType SCHEMA = StructType.fromDDL(
            "group ARRAY<STRING>, %s, holdoutWeight DOUBLE, content BINARY".formatted(Groups.FIGURES.toDDL()));

    /** Reason why a group has no model: a word, and the same as a sentence. */
    private record Reason(String word, String sentence) {}

    /** The rows of one role; their mean is null if there are none. */
    private record Part(RowBlocks blocks, long rows, double weight, Double meanOfAll) {}

    /** Returns the row of a group, with its model if it has one. */
    Row of(List<String> key, Iterator<RowRecord> rows) {
        List<Block> trained = new ArrayList<>();
        List<Block> apart = new ArrayList<>();
        new PackedRows<>(rows, keep, rule, () -> new BlockPacker(scaling))
                .forEachRemaining(one -> (one.heldOut ? apart : trained).add(one.block));
        Part train = part(trained);
        Part holdout = part(apart);
        Reason reason = flaw(trained, train.rows());
        MixtureFit fit = null;
        if (reason == null) {
            try {
                fit = fitter.fit(train.blocks(), holdout.blocks());
            } catch (DataException | DivergedException | IllegalArgumentException | ArithmeticException e) {
                reason = new Reason("failed", e.getMessage());
            }
        }
        Double mean = fit == null ? null : (Double) mean(fit, train);
        byte[] content = train.rows() < least
                ? null
                : StateCodec.MODEL.encode(new Groups.Group(
                        key,
                        train.weight(),
                        fit == null ? train.meanOfAll() : mean,
                        fit == null ? null : fit.mixture()));
        return RowFactory.create(
                key.toArray(String[]::new),
                train.rows(),
                holdout.rows(),
                train.weight(),
                fit == null ? reason.word() : null,
                fit == null ? reason.sentence() : null,
                fit == null ? null : fit.mixture().components(),
                fit == null ? null : fit.metrics().converged(),
                mean,
                fit == null || holdout.rows() == 0 ? null : fit.metrics().holdoutMeanLogLikelihood(),
                train.meanOfAll(),
                holdout.meanOfAll(),
                holdout.weight(),
                content);
    }

    private Part part(List<Block> blocks) {
        if (blocks.isEmpty()) {
            return new Part(null, 0, 0, null);
        }
        RowBlocks rows = new InMemoryRowBlocks(List.of(blocks));
        MixtureEvaluation ofAll = MixtureEvaluation.of(all, rows);
        return new Part(rows, rows.rows(), ofAll.weight(), ofAll.meanLogLikelihood());
    }

    /** Returns the mean log-likelihood of all rows. That of a robust fit is of the kept rows. */
    private static double mean(MixtureFit fit, Part train) {
        return fit.weight() < train.weight()
                ? MixtureEvaluation.of(MixedDensity.inTask(fit.mixture()), train.blocks())
                        .meanLogLikelihood()
                : fit.metrics().meanLogLikelihood();
    }

    private Reason flaw(List<Block> blocks, long rows) {
        if (rows < least) {
            return new Reason("few-rows", "%d training rows, expected at least %d".formatted(rows, least));
        }
        for (int j = 0; j < names.size(); j++) {
            int column = j;
            long values = blocks.stream()
                    .flatMapToDouble(block -> IntStream.range(0, block.size())
                            .mapToDouble(i -> block.rows().get(i, column)))
                    .filter(x -> !Double.isNaN(x))
                    .distinct()
                    .limit(2)
                    .count();
            if (values == 0) {
                return new Reason("empty-column", "column \"%s\" has no value in the group".formatted(names.get(j)));
            }
            if (values == 1 && !all.mixture().columns().get(j).family().isDiscrete()) {
                return new Reason(
                        "constant-column",
                        "column \"%s\" has one value in all rows of the group".formatted(names.get(j)));
            }
        }
        return null;
    }
}
