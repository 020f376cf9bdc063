package io.github.sparklatent.columns;

import java.io.Serializable;
import java.util.List;
import java.util.function.IntFunction;

/** Writes the values of a row as numbers by the encoders of its columns. Immutable. */
public final class RowEncoder implements Serializable {
    private final ColumnEncoder[] encoders;
    private final int[] starts;
    private final int width;

    /** Creates the encoder of a row. */
    public RowEncoder(List<? extends ColumnEncoder> encoders) {
        this.encoders = encoders.toArray(ColumnEncoder[]::new);
        this.starts = new int[this.encoders.length];
        int at = 0;
        for (int i = 0; i < starts.length; i++) {
            starts[i] = at;
            at += this.encoders[i].features().size();
        }
        this.width = at;
    }

    /**
     * Returns the numbers of a row; null if an array is missing.
     *
     * @param value returns the value of a column, by its index
     */
    public double[] encode(IntFunction<Object> value) {
        double[] row = new double[width];
        for (int i = 0; i < encoders.length; i++) {
            if (!encoders[i].encode(value.apply(i), row, starts[i])) {
                return null;
            }
        }
        return row;
    }
}
