package io.github.sparklatent.columns;

import io.github.sparklatent.learn.DataException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A vector or an array of numbers.
 *
 * @param column name of the column
 * @param writtenAs Spark's type in tables that are written, as JSON: an array of doubles
 * @param width number of numbers
 */
public record ArrayEncoder(String column, String writtenAs, int width) implements ColumnEncoder {
    @Override
    public List<Feature> features() {
        return IntStream.range(0, width)
                .mapToObj(i -> Feature.number(column + "[" + i + "]"))
                .toList();
    }

    @Override
    public boolean isPlain() {
        return true;
    }

    @Override
    public boolean encode(Object value, double[] row, int at) {
        if (value == null) {
            return false;
        }
        double[] numbers = (double[]) value;
        if (numbers.length != width) {
            throw new DataException("features column \"%s\" has %d numbers, expected %d in each row"
                    .formatted(column, numbers.length, width));
        }
        System.arraycopy(numbers, 0, row, at, width);
        return true;
    }

    @Override
    public Object decode(double[] row, int at) {
        return Arrays.copyOfRange(row, at, at + width);
    }

    @Override
    public Decoded decoded() {
        return Decoded.NUMBERS;
    }
}
