package io.github.sparklatent.learn;

/**
 * Pearson's correlation of pairs of numbers that come one by one. Means and centred products are updated with each
 * pair, so that numbers far from 0 keep their digits (Welford 1962).
 */
public final class Correlation {
    private long count;
    private double meanX;
    private double meanY;
    private double xx;
    private double xy;
    private double yy;

    /** Adds a pair; one with a missing number (NaN) is left out. */
    public void add(double x, double y) {
        if (Double.isNaN(x) || Double.isNaN(y)) {
            return;
        }
        count++;
        double dx = x - meanX;
        double dy = y - meanY;
        meanX += dx / count;
        meanY += dy / count;
        xx += dx * (x - meanX);
        xy += dx * (y - meanY);
        yy += dy * (y - meanY);
    }

    public long count() {
        return count;
    }

    /** Returns the correlation; NaN if one of the numbers is constant. */
    public double value() {
        return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : Double.NaN;
    }
}
