package io.github.sparklatent.columns;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A date or a timestamp: the days since the first one of the training rows, then the sine and the cosine of its place
 * in each cycle. Timestamps are read and written in the model's time zone.
 *
 * @param column name of the column
 * @param writtenAs Spark's type in tables that are written, as JSON
 * @param kind DATE or TIMESTAMP
 * @param least first moment of the training rows, in days since 1970-01-01
 * @param greatest last moment of the training rows
 * @param parts cycles that the training rows run through
 * @param zone time zone of timestamps
 */
public record DateEncoder(
        String column,
        String writtenAs,
        ColumnType kind,
        double least,
        double greatest,
        List<DateParts> parts,
        String zone)
        implements ColumnEncoder {
    public DateEncoder {
        parts = List.copyOf(parts);
    }

    @Override
    public List<Feature> features() {
        List<Feature> features = new ArrayList<>();
        features.add(Feature.number(column));
        for (DateParts part : parts) {
            features.add(Feature.number(column + "." + part.sine()));
            features.add(Feature.number(column + "." + part.cosine()));
        }
        return features;
    }

    @Override
    public boolean isPlain() {
        return false;
    }

    @Override
    public boolean encode(Object value, double[] row, int at) {
        double days = value == null ? Double.NaN : DateText.days(((String) value).strip());
        if (Double.isNaN(days)) {
            Arrays.fill(row, at, at + 1 + 2 * parts.size(), Double.NaN);
            return true;
        }
        row[at] = days - least;
        for (int i = 0; i < parts.size(); i++) {
            double angle = parts.get(i).angle(days);
            row[at + 1 + 2 * i] = Math.sin(angle);
            row[at + 2 + 2 * i] = Math.cos(angle);
        }
        return true;
    }

    @Override
    public Object read(double[] row, int at) {
        return Double.isNaN(row[at]) ? null : text(row[at] + least);
    }

    @Override
    public Object decode(double[] row, int at) {
        return Double.isNaN(row[at]) ? null : text(Math.min(Math.max(row[at] + least, least), greatest));
    }

    private String text(double days) {
        return kind == ColumnType.DATE ? DateText.date(days) : DateText.timestamp(days);
    }

    @Override
    public Decoded decoded() {
        return Decoded.TEXT;
    }

    @Override
    public String identity() {
        return ColumnEncoders.toMap(this).toString();
    }
}
