package io.github.sparklatent.ml.columns;

import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.columns.RowRule;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.learn.DataException;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.api.java.UDF1;

/** Checks and scales a row's numbers and returns them as a vector. */
final class AssembledRow implements UDF1<scala.collection.Seq<Double>, Vector> {
    private static final long serialVersionUID = 1L;

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
}
