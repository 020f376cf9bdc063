package io.github.sparklatent.ml.columns;

import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.cluster.table.Scaling;
import io.github.sparklatent.cluster.table.UsableNumbers;
import io.github.sparklatent.learn.DataException;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.api.java.UDF1;

/** Checks and scales a row's numbers and returns them as a vector. */
final class AssembledRow implements UDF1<scala.collection.Seq<Double>, Vector> {
    private static final long serialVersionUID = 1L;

    private final List<String> names;
    private final FeatureColumns columns;
    private final Scaling scaling;
    private final int width;
    private final boolean skip;

    /**
     * Creates the function that assembles rows.
     *
     * @param names names of the columns
     * @param width expected number of numbers in a row; 0: any number
     * @param skip whether an unusable row gives null
     */
    AssembledRow(
            List<String> names, FeatureColumns columns, Scaling scaling, int width, boolean skip) {
        this.names = names;
        this.columns = columns;
        this.scaling = scaling;
        this.width = width;
        this.skip = skip;
    }

    @Override
    public Vector call(scala.collection.Seq<Double> numbers) {
        if (numbers == null) {
            return invalid("a vector or an array of the features %s is null".formatted(names));
        }
        double[] row = new double[numbers.length()];
        if (width > 0 && row.length != width) {
            throw new DataException(
                    "the features %s have %d numbers, expected %d (the width the model was fitted on)"
                            .formatted(names, row.length, width));
        }
        for (int j = 0; j < row.length; j++) {
            row[j] = numbers.apply(j);
            if (!UsableNumbers.isUsable(row[j])) {
                return invalid(
                        "features column \"%s\" has %s, expected a finite number"
                                .formatted(
                                        columns.featureNames(row.length).get(j),
                                        FeatureValues.text(row[j])));
            }
        }
        scaling.apply(row, 0, row.length);
        return Vectors.dense(row);
    }

    private Vector invalid(String sentence) {
        if (!skip) {
            throw new DataException(
                    sentence + "; set the Param invalid to skip to leave out these rows");
        }
        return null;
    }
}
