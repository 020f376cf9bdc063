package io.github.sparklatent.gmm;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;

/**
 * k-means++ and Lloyd's rounds over a few weighted points in memory (Arthur and Vassilvitskii
 * 2007).
 */
final class WeightedKMeans {
    private final DMatrixRMaj points;
    private final double[] weights;
    private final RandomGenerator random;

    /**
     * @param points m × d. Not modified.
     * @param weights m numbers, not negative. Not modified.
     */
    WeightedKMeans(DMatrixRMaj points, double[] weights, RandomGenerator random) {
        this.points = points;
        this.weights = weights;
        this.random = random;
    }

    /** k × d; where there are no more points than k, the points, the last of them repeated. */
    DMatrixRMaj centres(int k, int rounds) {
        int d = points.numCols;
        DMatrixRMaj centres = new DMatrixRMaj(k, d);
        double[] distances = new double[points.numRows];
        Arrays.fill(distances, 1);
        for (int c = 0; c < k; c++) {
            int chosen = choose(distances);
            System.arraycopy(points.data, chosen * d, centres.data, c * d, d);
            for (int i = 0; i < distances.length; i++) {
                double distance = squaredDistance(i, centres, c);
                distances[i] = c == 0 ? distance : Math.min(distances[i], distance);
            }
        }
        boolean moved = true;
        for (int round = 0; round < rounds && moved; round++) {
            moved = move(centres);
        }
        return centres;
    }

    /**
     * An index drawn with a chance of weight times distance; the greatest distance where all
     * weights vanish.
     */
    private int choose(double[] distances) {
        double total = 0;
        for (int i = 0; i < distances.length; i++) {
            total += weights[i] * distances[i];
        }
        double left = random.nextDouble() * total;
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
