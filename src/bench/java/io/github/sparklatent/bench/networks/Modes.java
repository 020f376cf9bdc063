package io.github.sparklatent.bench.networks;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/** Gaussians in the plane, equally frequent, for a generator to leave none of them out. */
enum Modes {
    /** Eight on a circle of radius 2. */
    RING("ring of eight Gaussians, radius 2", 8, 0.1, 100, 1, 0.4) {
        @Override
        double place(int mode, int axis) {
            double angle = 2 * Math.PI * mode / count();
            return 2 * (axis == 0 ? StrictMath.cos(angle) : StrictMath.sin(angle));
        }
    },
    /** Five by five, 2 apart from their neighbours. */
    GRID("grid of 25 Gaussians, 2 apart", 25, 0.2, 400, 2, 0.15) {
        @Override
        double place(int mode, int axis) {
            return 2 * ((axis == 0 ? mode / SIDE : mode % SIDE) - SIDE / 2);
        }
    };

    /** Rows that are drawn to be judged. */
    static final int DRAWN = 10_000;

    /** A mode is covered that has a fifth of its share of the drawn rows, or more. */
    static final double LEAST = 0.2;

    /** A row lies at a mode that is no more deviations off. */
    static final double NEAR = 3;

    private static final int SIDE = 5;

    private final String title;
    private final int count;
    private final double deviation;
    private final double passes;
    private final double haste;
    private final double penalty;

    Modes(String title, int count, double deviation, double passes, double haste, double penalty) {
        this.title = title;
        this.count = count;
        this.deviation = deviation;
        this.passes = passes;
        this.haste = haste;
        this.penalty = penalty;
    }

    /** A coordinate of a mode. */
    abstract double place(int mode, int axis);

    int count() {
        return count;
    }

    /** Of a game over ten thousand rows. */
    double passes() {
        return passes;
    }

    /**
     * The discriminator's learning rate against the generator's (Heusel et al. 2017): with 2 two
     * modes of the ring are left out by some seeds.
     */
    double haste() {
        return haste;
    }

    /** Of the discriminator's slopes. */
    double penalty() {
        return penalty;
    }

    /** As a table has it. */
    String title() {
        return title + ", deviation " + deviation;
    }

    /** Rows of all modes in turn, n × 2. */
    FMatrixRMaj draw(int rows, long seed) {
        RandomGenerator random = RandomStreams.of(seed, Purpose.NOISE, ordinal());
        FMatrixRMaj drawn = new FMatrixRMaj(rows, 2);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < 2; j++) {
                double value = place(i % count, j) + deviation * random.nextGaussian();
                drawn.set(i, j, (float) value);
            }
        }
        return drawn;
    }

    /**
     * How many rows lie at each mode.
     *
     * @param rows n × 2. Not modified.
     */
    int[] near(FMatrixRMaj rows) {
        int[] near = new int[count];
        for (int i = 0; i < rows.numRows; i++) {
            for (int k = 0; k < count; k++) {
                double distance =
                        Math.hypot(rows.get(i, 0) - place(k, 0), rows.get(i, 1) - place(k, 1));
                near[k] += distance <= NEAR * deviation ? 1 : 0;
            }
        }
        return near;
    }

    /** As runs are named. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
