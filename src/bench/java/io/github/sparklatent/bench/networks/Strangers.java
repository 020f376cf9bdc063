package io.github.sparklatent.bench.networks;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/** What rows are replaced by, for a detector to find. */
enum Strangers {
    /** Each value drawn evenly from [0, 1]. */
    NOISE("noise, even in [0, 1]") {
        @Override
        float value(FMatrixRMaj rows, FMatrixRMaj other, RandomGenerator random, int[] place) {
            return random.nextFloat();
        }
    },
    /** Each value that of another row in its column, so that no column by itself says anything. */
    COLUMNS("each value from another row") {
        @Override
        float value(FMatrixRMaj rows, FMatrixRMaj other, RandomGenerator random, int[] place) {
            return rows.get(random.nextInt(rows.numRows), place[1]);
        }
    },
    /** Rows of another table, with digits that were written and cut out otherwise. */
    OTHER("rows of MNIST, shrunk to 8 x 8") {
        @Override
        float value(FMatrixRMaj rows, FMatrixRMaj other, RandomGenerator random, int[] place) {
            return other.get(place[2], place[1]);
        }
    };

    /** Share of the rows that are replaced. */
    static final double SHARE = 0.05;

    private final String text;

    Strangers(String text) {
        this.text = text;
    }

    /**
     * A value of a replaced row.
     *
     * @param place row, column, and the row of the other table that stands for this row
     */
    abstract float value(FMatrixRMaj rows, FMatrixRMaj other, RandomGenerator random, int[] place);

    /**
     * A table some of whose rows are replaced.
     *
     * @param rows n × d
     * @param strange which rows are replaced
     */
    record Table(FMatrixRMaj rows, boolean[] strange) {}

    /**
     * Replaces a share of the rows, chosen by a seed.
     *
     * @param rows n × d. Not modified.
     * @param other m × d, another table. Not modified.
     */
    Table among(FMatrixRMaj rows, FMatrixRMaj other, long seed) {
        FMatrixRMaj mixed = rows.copy();
        boolean[] strange = new boolean[rows.numRows];
        RandomGenerator random = RandomStreams.of(seed, Purpose.NOISE, ordinal());
        for (int i = 0; i < rows.numRows; i++) {
            strange[i] = random.nextDouble() < SHARE;
            int stranger = random.nextInt(other.numRows);
            for (int j = 0; strange[i] && j < rows.numCols; j++) {
                mixed.set(i, j, value(rows, other, random, new int[] {i, j, stranger}));
            }
        }
        return new Table(mixed, strange);
    }

    @Override
    public String toString() {
        return text;
    }
}
