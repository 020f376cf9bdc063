package io.github.sparklatent.report.network;

import io.github.sparklatent.report.chart.Image;
import io.github.sparklatent.report.mixture.Reports;
import org.ejml.data.DMatrixRMaj;

/**
 * Rows and codes by their numbers; the same number gives the same row.
 *
 * @param image whose pixels the features are; null: they are columns of a table
 * @param scale factor of all values
 */
record MadeUpRows(Image image, int features, int latent, double scale) {
    /**
     * Rows with that first number.
     *
     * @param strength below 1 a little fainter, as reconstructions are
     */
    DMatrixRMaj of(int first, int count, double strength) {
        DMatrixRMaj matrix = new DMatrixRMaj(count, features);
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < features; j++) {
                matrix.set(
                        i, j, scale * (image == null ? cell(first + i, j, strength) : pixel(first + i, j, strength)));
            }
        }
        return matrix;
    }

    /** A ring whose place and size are the row's. */
    private double pixel(int row, int j, double strength) {
        int side = image.width();
        int channel = j / (side * side);
        double y = (j / side % side + 0.5) / side - 0.4 - 0.2 * hash(3 * row);
        double x = (j % side + 0.5) / side - 0.4 - 0.2 * hash(3 * row + 1);
        double distance = Math.hypot(x, y) - 0.12 - 0.2 * hash(3 * row + 2 + channel);
        double value = strength * Math.exp(-distance * distance / 0.004 / strength);
        return value < 0.02 ? 0 : value;
    }

    /** Columns in turn: wide, skewed, counts, 0 or 1, constant beyond the eighth. */
    private double cell(int row, int j, double strength) {
        double bell = hash(row * 31 + j) + hash(row * 37 + j + 1) + hash(row * 41 + j + 2) - 1.5;
        return switch (j % 5) {
            case 0 -> 100 + 15 * bell * strength;
            case 1 -> Math.exp(2 * bell * strength);
            case 2 -> Math.floor(8 * Math.pow(hash(row * 7 + j), 2));
            case 3 -> hash(row * 5 + j) < 0.3 ? 1 : 0;
            default -> j > 8 ? 4 : 0.001 * bell * strength;
        };
    }

    /** Codes of a row after the other around the centres of so many groups in turn. */
    DMatrixRMaj codes(int count, int groups) {
        DMatrixRMaj means = new DMatrixRMaj(count, latent);
        for (int i = 0; i < count; i++) {
            int group = groups == 0 ? 0 : i % groups;
            for (int j = 0; j < latent; j++) {
                double spread = 2.0 / (1 + j);
                double centre = 2 * spread * (hash(group * 17 + j) - 0.5);
                double bell = hash(i * 13 + j) + hash(i * 19 + j) - 1;
                means.set(i, j, scale * (centre + spread * bell / 2));
            }
        }
        return means;
    }

    /** The label of a row. */
    static String label(int row, int labels) {
        int place = row % labels;
        return place == 1 && labels < 10 ? Reports.NASTY : Integer.toString(place);
    }

    /** Evenly scattered in [0, 1). */
    static double hash(int i) {
        double value = Math.abs(Math.sin(i * 12.9898 + 4.1414) * 43758.5453);
        return value - Math.floor(value);
    }
}
