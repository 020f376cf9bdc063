package io.github.sparklatent.bench.adversarial;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/** Gaussians in the plane with equal weights, all of which a generator should find. */
enum Modes {
    RING("ring of eight Gaussians, radius 2", 8, 0.1, 100, 1, 0.4),
    GRID("grid of 25 Gaussians, 2 apart", 25, 0.2, 400, 2, 0.15);

    /** Rows that are drawn from a generator. */
    static final int DRAWN = 10_000;

    /** A mode is covered if it has this share of its expected rows. */
    static final double LEAST = 0.2;

    /** Deviations within which a row belongs to a mode. */
    private static final double NEAR = 3;

    private static final int SIDE = 5;

    private final String title;
    final int count;
    private final double deviation;

    /** Epochs of a game over ten thousand rows. */
    final double epochs;

    /**
     * Learning rate of the discriminator divided by that of the generator (Heusel et al. 2017). With 2, some seeds miss
     * two modes of the ring.
     */
    final double rateFactor;

    /** Weight of the discriminator's gradient penalty. */
    final double penalty;

    Modes(String title, int count, double deviation, double epochs, double rateFactor, double penalty) {
        this.title = title;
        this.count = count;
        this.deviation = deviation;
        this.epochs = epochs;
        this.rateFactor = rateFactor;
        this.penalty = penalty;
    }

    /** A coordinate of a mode's centre. */
    private double centre(int mode, int axis) {
        if (this == GRID) {
            return 2 * ((axis == 0 ? mode / SIDE : mode % SIDE) - SIDE / 2);
        }
        double angle = 2 * Math.PI * mode / count;
        return 2 * (axis == 0 ? StrictMath.cos(angle) : StrictMath.sin(angle));
    }

    /** Name in tables. */
    String title() {
        return title + ", deviation " + deviation;
    }

    /** Draws rows of each mode in turn, n × 2. */
    FMatrixRMaj draw(int rows, long seed) {
        RandomGenerator random = RandomStreams.of(seed, Purpose.NOISE, ordinal());
        FMatrixRMaj drawn = new FMatrixRMaj(rows, 2);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < 2; j++) {
                double value = centre(i % count, j) + deviation * random.nextGaussian();
                drawn.set(i, j, (float) value);
            }
        }
        return drawn;
    }

    /**
     * Counts the rows of each mode.
     *
     * @param rows n × 2. Not modified.
     */
    int[] near(FMatrixRMaj rows) {
        int[] near = new int[count];
        for (int i = 0; i < rows.numRows; i++) {
            for (int k = 0; k < count; k++) {
                double distance = Math.hypot(rows.get(i, 0) - centre(k, 0), rows.get(i, 1) - centre(k, 1));
                near[k] += distance <= NEAR * deviation ? 1 : 0;
            }
        }
        return near;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
