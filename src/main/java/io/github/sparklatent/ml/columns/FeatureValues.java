package io.github.sparklatent.ml.columns;

import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.columns.UsableNumbers;
import io.github.sparklatent.learn.DataException;
import java.util.Arrays;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;

/** Reads the value of a features column: a vector, an array of numbers or a number. */
public final class FeatureValues {
    private FeatureValues() {}

    /**
     * Writes one row's features to an array.
     *
     * @param value value of the features column in the row
     * @param column name of the column, for messages
     * @param width d
     * @param out d numbers are written from {@code offset} on. Modified.
     * @param invalid handling of a value that cannot be used
     * @return whether the row can be used; if not, it is to be left out
     * @throws DataException if the value has another width, or if it cannot be used and is not to be left out
     */
    public static boolean read(Object value, String column, int width, double[] out, int offset, Invalid invalid) {
        if (value == null) {
            if (invalid != Invalid.ERROR) {
                return false;
            }
            throw new DataException("features column \"%s\" has a null, expected %d numbers".formatted(column, width));
        }
        if (value instanceof Vector vector) {
            requireWidth(vector.size(), column, width);
            copy(vector, out, offset);
        } else if (value instanceof scala.collection.Seq<?> array) {
            requireWidth(array.length(), column, width);
            for (int j = 0; j < width; j++) {
                out[offset + j] = number(array.apply(j));
            }
        } else {
            requireWidth(1, column, width);
            out[offset] = number(value);
        }
        boolean some = width == 0;
        for (int j = 0; j < width; j++) {
            double number = out[offset + j];
            if (UsableNumbers.isUsable(number)) {
                some = true;
            } else if (invalid == Invalid.SKIP) {
                return false;
            } else if (invalid == Invalid.ERROR || !Double.isNaN(number)) {
                throw new DataException("features column \"%s\" has %s at position %d (from 0), expected finite numbers"
                        .formatted(column, UsableNumbers.text(number), j));
            }
        }
        return some;
    }

    /**
     * Checks the width of rows.
     *
     * @throws DataException if the width differs from the width of the model
     */
    public static void requireWidth(int found, String column, int width) {
        if (found != width) {
            throw new DataException(
                    "features column \"%s\" has vectors of %d numbers, expected %d (the width the model was fitted on)"
                            .formatted(column, found, width));
        }
    }

    private static void copy(Vector vector, double[] out, int offset) {
        if (vector instanceof SparseVector sparse) {
            Arrays.fill(out, offset, offset + sparse.size(), 0);
            for (int i = 0; i < sparse.indices().length; i++) {
                out[offset + sparse.indices()[i]] = sparse.values()[i];
            }
        } else {
            System.arraycopy(vector.toArray(), 0, out, offset, vector.size());
        }
    }

    private static double number(Object value) {
        if (value == null) {
            return Double.NaN;
        }
        return value instanceof Boolean flag ? (flag ? 1 : 0) : ((Number) value).doubleValue();
    }
}
