package io.github.sparklatent.mixture;

import io.github.sparklatent.linalg.Block;
import java.util.Arrays;

/**
 * The different values of a column of a block, if they are few, as in a column of whole numbers: a function of each is
 * computed once. Of many values, each row has its own. Holds buffers; used by one thread.
 */
public final class DistinctValues {
    /** Most values that are searched for. */
    private static final int MOST = 256;

    private static final int BITS = 10;

    /** Place of a value plus 1; 0: free. */
    private final int[] table = new int[1 << BITS];

    private double[] values = new double[MOST];
    private int[] places = new int[0];
    private int count;

    /** Reads a column of a block. */
    void load(Block block, int column) {
        int n = block.size();
        int d = block.width();
        double[] x = block.rows().data;
        if (places.length < n) {
            places = new int[n];
        }
        Arrays.fill(table, 0);
        count = 0;
        for (int i = 0; i < n; i++) {
            double value = x[i * d + column];
            places[i] = Double.isNaN(value) ? -1 : place(value);
            if (count > MOST) {
                loadEach(n, d, x, column);
                return;
            }
        }
    }

    private void loadEach(int n, int d, double[] x, int column) {
        if (values.length < n) {
            values = new double[n];
        }
        count = n;
        for (int i = 0; i < n; i++) {
            values[i] = x[i * d + column];
            places[i] = Double.isNaN(values[i]) ? -1 : i;
        }
    }

    /** Returns the place of a value, which is a new one if it has not been met; see {@link #MOST}. */
    private int place(double value) {
        long bits = Double.doubleToRawLongBits(value);
        int at = (int) (bits * 0x9E3779B97F4A7C15L >>> Long.SIZE - BITS);
        while (table[at] != 0) {
            if (Double.doubleToRawLongBits(values[table[at] - 1]) == bits) {
                return table[at] - 1;
            }
            at = at + 1 & table.length - 1;
        }
        if (count < MOST) {
            values[count] = value;
            table[at] = count + 1;
        }
        return count++;
    }

    /** Number of values. */
    public int count() {
        return count;
    }

    /** The values; only the first {@link #count} entries are used. Not modified. */
    public double[] values() {
        return values;
    }

    /** The place of the value of each row; −1 if it is missing. Not modified. */
    public int[] places() {
        return places;
    }
}
