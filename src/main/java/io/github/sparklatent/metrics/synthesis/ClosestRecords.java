package io.github.sparklatent.metrics.synthesis;

/**
 * Distance of rows to the closest of other rows. The distance of two rows is the sum over the columns: the absolute
 * difference of numbers in units of the column's range, 0 or 1 for equal or different levels, and 1 if one of two cells
 * is missing.
 */
public final class ClosestRecords {
    private final ComparedRows records;
    private final double[] scale;
    private final double[] scaled;
    private final double[] nearest;

    public ClosestRecords(ComparedRows records, ComparedRows ranges) {
        this.records = records;
        int d = records.width();
        scale = new double[d];
        for (int j = 0; j < d; j++) {
            scale[j] = records.isNumber(j) ? 1 / range(ranges.column(j)) : 1;
        }
        scaled = new double[records.size() * d];
        for (int i = 0; i < records.size(); i++) {
            scale(records, i, scaled, i * d);
        }
        nearest = new double[d];
    }

    private static double range(double[] cells) {
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        for (double cell : cells) {
            least = Double.isNaN(cell) ? least : Math.min(least, cell);
            greatest = Double.isNaN(cell) ? greatest : Math.max(greatest, cell);
        }
        return greatest > least ? greatest - least : 1;
    }

    private void scale(ComparedRows rows, int i, double[] to, int from) {
        for (int j = 0; j < scale.length; j++) {
            to[from + j] = rows.get(i, j) * scale[j];
        }
    }

    /**
     * The closest record of each row.
     *
     * @param records index of the record; of equally close ones, the first
     * @param distances distance to it
     */
    record Closest(int[] records, double[] distances) {}

    /** Returns the distance of each row to the closest record. */
    public double[] distances(ComparedRows rows) {
        return closest(rows).distances();
    }

    Closest closest(ComparedRows rows) {
        rows.requireSameColumns(records);
        double[] distances = new double[rows.size()];
        int[] closest = new int[rows.size()];
        for (int i = 0; i < distances.length; i++) {
            scale(rows, i, nearest, 0);
            double least = Double.POSITIVE_INFINITY;
            for (int from = 0; from < scaled.length && least > 0; from += scale.length) {
                double distance = distance(from, least);
                if (distance < least) {
                    least = distance;
                    closest[i] = from / scale.length;
                }
            }
            distances[i] = least;
        }
        return new Closest(closest, distances);
    }

    /** Returns the distance to a record, or some number from {@code bound} on if it is as far. */
    private double distance(int from, double bound) {
        double sum = 0;
        for (int j = 0; j < scale.length && sum < bound; j++) {
            double difference = Math.abs(scaled[from + j] - nearest[j]);
            if (Double.isNaN(difference)) {
                sum += Double.isNaN(scaled[from + j]) && Double.isNaN(nearest[j]) ? 0 : 1;
            } else {
                sum += records.isNumber(j) ? difference : difference == 0 ? 0 : 1;
            }
        }
        return sum;
    }
}
