package io.github.sparklatent.ml.columns;

import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.columns.UsableNumbers;
import io.github.sparklatent.learn.DataException;
import java.io.Serializable;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.api.java.UDF1;

/** Checks and scales a row's numbers and returns them as a vector. */
final class AssembledRow implements UDF1<scala.collection.Seq<Double>, Vector> {
    private final FeatureColumns columns;
    private final RowRule rule;
    private final Invalid invalid;

    /**
     * Creates the function that assembles rows.
     *
     * @param names names of the columns
     * @param width expected number of numbers in a row; 0: any number
     * @param invalid handling of unusable rows; a row that is left out gives null
     */
    AssembledRow(List<String> names, FeatureColumns columns, Scaling scaling, int width, Invalid invalid) {
        this.columns = columns;
        this.rule = new RowRule(names, scaling, width, invalid == Invalid.KEEP);
        this.invalid = invalid;
    }

    @Override
    public Vector call(scala.collection.Seq<Double> numbers) {
        if (numbers == null && invalid == Invalid.KEEP) {
            return null;
        }
        if (numbers == null) {
            return invalid("a vector or an array of the features %s is null".formatted(rule.columns()));
        }
        double[] row = new double[numbers.length()];
        for (int j = 0; j < row.length; j++) {
            row[j] = numbers.apply(j);
        }
        String flaw = rule.apply(row, j -> columns.featureNames(row.length).get(j));
        return flaw == null ? Vectors.dense(row) : flaw.isEmpty() ? null : invalid(flaw);
    }

    private Vector invalid(String sentence) {
        if (invalid != Invalid.SKIP) {
            throw new DataException(sentence + "; set the Param handleInvalid to skip to leave out these rows");
        }
        return null;
    }

    /**
     * The way from the numbers of a row to the features of a model: they are checked, then scaled.
     *
     * @param columns names of the columns, for messages
     * @param scaling scaling learnt from the training table
     * @param width number of numbers of a row; 0: any
     * @param keepsMissing whether NaN is a missing value
     */
    private record RowRule(List<String> columns, Scaling scaling, int width, boolean keepsMissing)
            implements Serializable {
        /**
         * Scales a row unless it cannot be used.
         *
         * @param row numbers of the row. Modified.
         * @param name returns the name of a number
         * @return why the row cannot be used, as a sentence; empty if it has no number; null if it can be used
         * @throws DataException if it has another width
         */
        public String apply(double[] row, IntFunction<String> name) {
            if (width > 0 && row.length != width) {
                throw new DataException(
                        "the features %s have %d numbers, expected %d (the width the model was fitted on)"
                                .formatted(columns, row.length, width));
            }
            boolean some = row.length == 0;
            for (int j = 0; j < row.length; j++) {
                boolean usable = UsableNumbers.isUsable(row[j]);
                some |= usable;
                if (!usable && !(keepsMissing && Double.isNaN(row[j]))) {
                    return "features column \"%s\" has %s, expected a finite number"
                            .formatted(name.apply(j), UsableNumbers.text(row[j]));
                }
            }
            if (!some) {
                return "";
            }
            scaling.apply(row, 0, row.length);
            return null;
        }
    }
}
