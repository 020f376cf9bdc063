package io.github.sparklatent.bench.useful;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/** Rows that replace some rows of a table and that a detector is to find. */
enum Anomalies {
    NOISE("noise, uniform in [0, 1]"),
    /** Each column by itself has its usual values. */
    COLUMNS("each value from another row"),
    /** Digits that were written and cut out in another way. */
    OTHER("rows of MNIST, shrunk to 8 x 8");

    /** Share of the rows that are replaced. */
    private static final double SHARE = 0.05;

    private final String title;

    Anomalies(String title) {
        this.title = title;
    }

    /**
     * A table with anomalies.
     *
     * @param rows n × d
     * @param anomalous which rows are replaced
     */
    record Table(FMatrixRMaj rows, boolean[] anomalous) {}

    /**
     * Replaces a share of the rows, chosen by a seed.
     *
     * @param rows n × d. Not modified.
     * @param other m × d, another table. Not modified.
     */
    Table among(FMatrixRMaj rows, FMatrixRMaj other, long seed) {
        FMatrixRMaj mixed = rows.copy();
        boolean[] anomalous = new boolean[rows.numRows];
        RandomGenerator random = RandomStreams.of(seed, Purpose.NOISE, ordinal());
        for (int i = 0; i < rows.numRows; i++) {
            anomalous[i] = random.nextDouble() < SHARE;
            int row = random.nextInt(other.numRows);
            for (int j = 0; anomalous[i] && j < rows.numCols; j++) {
                mixed.set(
                        i,
                        j,
                        switch (this) {
                            case NOISE -> random.nextFloat();
                            case COLUMNS -> rows.get(random.nextInt(rows.numRows), j);
                            case OTHER -> other.get(row, j);
                        });
            }
        }
        return new Table(mixed, anomalous);
    }

    @Override
    public String toString() {
        return title;
    }
}
