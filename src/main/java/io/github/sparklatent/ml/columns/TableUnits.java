package io.github.sparklatent.ml.columns;

import io.github.sparklatent.columns.ColumnEncoder;
import io.github.sparklatent.columns.Feature;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.report.GroupProfile;
import io.github.sparklatent.report.GroupProfile.NumberColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.FMatrixRMaj;

/** Converts rows of a network, and the means of groups, back to the units of the table. */
public final class TableUnits {
    private TableUnits() {}

    /**
     * Copies a row and inverts its scaling.
     *
     * @param scaling scaling of the rows
     * @param rows n × d. Not modified.
     * @param index index of the row
     * @param row receives d numbers. Modified.
     */
    public static void of(Scaling scaling, FMatrixRMaj rows, int index, double[] row) {
        for (int j = 0; j < row.length; j++) {
            row[j] = rows.data[index * row.length + j];
        }
        scaling.invert(row, 0, row.length);
    }

    /**
     * Returns a profile of a model's numbers with values in the units of the table: amounts for logarithms and scores,
     * and dates.
     *
     * @param encoders encoders of the columns, in order; empty if the model reads numbers as they are
     */
    public static GroupProfile of(GroupProfile profile, List<? extends ColumnEncoder> encoders) {
        List<GroupProfile.Column> columns = new ArrayList<>(profile.columns());
        int at = 0;
        for (ColumnEncoder encoder : encoders) {
            List<Feature> features = encoder.features();
            boolean isNumber = !features.isEmpty() && features.get(0).kind() == Feature.Kind.NUMBER;
            if (isNumber && !encoder.isPlain() && columns.get(at) instanceof NumberColumn own) {
                columns.set(
                        at,
                        new NumberColumn(
                                own.name(),
                                own.means(),
                                own.mean(),
                                own.deviation(),
                                number -> value(encoder, features.size(), number)));
            }
            at += features.size();
        }
        return new GroupProfile(profile.weights(), columns);
    }

    private static Object value(ColumnEncoder encoder, int width, double number) {
        double[] row = new double[width];
        Arrays.fill(row, Double.NaN);
        row[0] = number;
        // A mean of whole numbers is not whole, but that of dates is a date.
        return encoder.decoded() == ColumnEncoder.Decoded.NUMBER ? encoder.read(row, 0) : encoder.decode(row, 0);
    }

    /**
     * Copies a row as floats.
     *
     * @param row d numbers. Not modified.
     * @param to receives d numbers from {@code from} on. Modified.
     */
    public static void copy(double[] row, float[] to, int from) {
        for (int j = 0; j < row.length; j++) {
            to[from + j] = (float) row[j];
        }
    }
}
