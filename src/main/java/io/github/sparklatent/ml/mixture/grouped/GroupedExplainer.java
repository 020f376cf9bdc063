package io.github.sparklatent.ml.mixture.grouped;

import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.ml.columns.TableReading;
import io.github.sparklatent.scoring.DensityExplainer;
import io.github.sparklatent.scoring.RowExplainer;
import io.github.sparklatent.scoring.SizedCache;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * Explains each row by the mixture of its group. A row is evaluated when the first question about it is asked, and the
 * explainers of the last groups are kept.
 */
final class GroupedExplainer implements RowExplainer, TableReading {
    /** Bytes that explainers of a task keep, as many as a large one has. */
    private static final long MOST_BYTES = 1L << 26;

    private final GroupMixtures mixtures;
    private final GroupColumns.Reader keys;
    private final int[][] groups;
    private final SizedCache<GroupMixtures.Own, Explained> explainers = new SizedCache<>(MOST_BYTES, Explained::bytes);
    private final List<GroupMixtures.Own> owners = new ArrayList<>();
    private double[] rows;
    private RowExplainer current;
    private int evaluated;

    /** The explainer of a mixture, and its approximate size. */
    private record Explained(RowExplainer explainer, long bytes) {}

    /**
     * Creates an explainer.
     *
     * @param columns columns of the table with the group
     * @param groups indices of the numbers of each column. Not modified.
     */
    GroupedExplainer(GroupMixtures mixtures, List<String> columns, int[][] groups) {
        this.mixtures = mixtures;
        this.keys = new GroupColumns.Reader(columns);
        this.groups = groups.clone();
    }

    @Override
    public void take(Row given, int index) {
        while (owners.size() <= index) {
            owners.add(null);
        }
        owners.set(index, mixtures.of(keys.of(given)));
    }

    @Override
    public void evaluate(double[] given, int n) {
        rows = given;
        evaluated = -1;
    }

    private RowExplainer at(int row) {
        if (row != evaluated) {
            int d = mixtures.all().columns().size();
            current = explainers.get(owners.get(row), this::prepared).explainer();
            current.evaluate(Arrays.copyOfRange(rows, row * d, (row + 1) * d), 1);
            evaluated = row;
        }
        return current;
    }

    /** Conditional distributions need a matrix of each component for each group of columns. */
    private Explained prepared(GroupMixtures.Own own) {
        MixedDensity density = mixtures.density(own);
        return new Explained(new DensityExplainer(density, groups), density.bytes() * (1 + groups.length));
    }

    @Override
    public double contribution(int row, int group) {
        return at(row).contribution(0, group);
    }

    @Override
    public void expected(int row, int group, double[] to) {
        at(row).expected(0, group, to);
    }

    @Override
    public double quantile(int row, int group, int column, double probability) {
        return at(row).quantile(0, group, column, probability);
    }
}
