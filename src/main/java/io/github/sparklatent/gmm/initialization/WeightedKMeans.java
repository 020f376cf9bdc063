package io.github.sparklatent.gmm.initialization;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;

/**
 * Greedy k-means++ and Lloyd's algorithm over a few weighted points in memory.
 *
 * <p>Arthur and Vassilvitskii, k-means++: The Advantages of Careful Seeding, SODA 2007. Section 5 has the greedy form:
 * it draws a few points for each centre and keeps the one that leaves the smallest sum of squared distances. With a
 * single draw, about one start in forty misses one of eight groups that are a hundred deviations apart.
 */
final class WeightedKMeans {
    private final DMatrixRMaj points;
    private final double[] weights;
    private final RandomGenerator random;

    /**
     * Creates the algorithm for some points.
     *
     * @param points m × d. Not modified.
     * @param weights m numbers, not negative. Not modified.
     */
    WeightedKMeans(DMatrixRMaj points, double[] weights, RandomGenerator random) {
        this.points = points;
        this.weights = weights;
        this.random = random;
    }

    /**
     * Returns the centres, k × d. If there are fewer points than k, the centres are all points, with the first point
     * repeated.
     */
    DMatrixRMaj centres(int k, int rounds) {
        int d = points.numCols;
        DMatrixRMaj centres = new DMatrixRMaj(k, d);
        double[] nearest = new double[points.numRows];
        Arrays.fill(nearest, 1);
        int chosen = choose(nearest);
        Arrays.fill(nearest, Double.POSITIVE_INFINITY);
        nearest = with(chosen, nearest);
        System.arraycopy(points.data, chosen * d, centres.data, 0, d);
        for (int c = 1; c < k; c++) {
            chosen = choose(nearest);
            for (int trial = 1; trial < 2 + (int) StrictMath.log(k); trial++) {
                int other = choose(nearest);
                if (potential(with(other, nearest)) < potential(with(chosen, nearest))) {
                    chosen = other;
                }
            }
            nearest = with(chosen, nearest);
            System.arraycopy(points.data, chosen * d, centres.data, c * d, d);
        }
        boolean moved = true;
        for (int round = 0; round < rounds && moved; round++) {
            moved = move(centres);
        }
        return centres;
    }

    /** Draws an index with a chance proportional to weight times distance; the first index if all of these are 0. */
    private int choose(double[] distances) {
        double left = random.nextDouble() * potential(distances);
        int last = 0;
        for (int i = 0; i < distances.length; i++) {
            double share = weights[i] * distances[i];
            if (share > 0) {
                last = i;
                left -= share;
                if (left < 0) {
                    return i;
                }
            }
        }
        return last;
    }

    /** Returns the squared distances to the nearest centre if one more point becomes a centre; a new array. */
    private double[] with(int chosen, double[] nearest) {
        double[] distances = new double[nearest.length];
        for (int i = 0; i < distances.length; i++) {
            distances[i] = Math.min(nearest[i], squaredDistance(i, points, chosen));
        }
        return distances;
    }

    private double potential(double[] distances) {
        double sum = 0;
        for (int i = 0; i < distances.length; i++) {
            sum += weights[i] * distances[i];
        }
        return sum;
    }

    private boolean move(DMatrixRMaj centres) {
        int d = points.numCols;
        DMatrixRMaj sums = new DMatrixRMaj(centres.numRows, d);
        double[] sizes = new double[centres.numRows];
        for (int i = 0; i < points.numRows; i++) {
            int nearest = nearest(i, centres);
            sizes[nearest] += weights[i];
            for (int j = 0; j < d; j++) {
                sums.data[nearest * d + j] += weights[i] * points.data[i * d + j];
            }
        }
        boolean moved = false;
        for (int c = 0; c < sizes.length; c++) {
            for (int j = 0; j < d && sizes[c] > 0; j++) {
                double mean = sums.data[c * d + j] / sizes[c];
                moved |= mean != centres.data[c * d + j];
                centres.data[c * d + j] = mean;
            }
        }
        return moved;
    }

    private int nearest(int point, DMatrixRMaj centres) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int c = 0; c < centres.numRows; c++) {
            double distance = squaredDistance(point, centres, c);
            if (distance < least) {
                least = distance;
                best = c;
            }
        }
        return best;
    }

    private double squaredDistance(int point, DMatrixRMaj centres, int centre) {
        int d = points.numCols;
        double sum = 0;
        for (int j = 0; j < d; j++) {
            double difference = points.data[point * d + j] - centres.data[centre * d + j];
            sum += difference * difference;
        }
        return sum;
    }
}
