package io.github.sparklatent.learn.em;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sums the weight of the rows that equal each of some distinct rows. Rows selected by {@link RowBlocks#smallest} are
 * distinct; with these weights they stand for a table whose rows repeat.
 *
 * @param rows distinct rows, d numbers each. Not to be modified.
 */
public record RowCounts(List<double[]> rows) implements Expectation {
    /** Returns the weight of each row in a data set, in one traversal. */
    public static double[] of(RowBlocks data, List<SelectedRow> rows) {
        List<double[]> values = rows.stream().map(SelectedRow::values).toList();
        return data.sums("weights of the selected rows", new RowCounts(values)).sums();
    }

    @Override
    public int length() {
        return rows.size();
    }

    @Override
    public Accumulator accumulator() {
        Map<double[], Integer> places = new TreeMap<>(Arrays::compare);
        for (int i = 0; i < rows.size(); i++) {
            places.put(rows.get(i), i);
        }
        double[] sums = new double[length()];
        return Accumulator.of(sums, block -> {
            double[] row = new double[block.width()];
            for (int i = 0; i < block.size(); i++) {
                for (int j = 0; j < row.length; j++) {
                    row[j] = block.rows().data[i * row.length + j] + 0.0; // −0 equals 0
                }
                Integer place = places.get(row);
                if (place != null) {
                    sums[place] += block.weight(i);
                }
            }
        });
    }
}
