package io.github.sparklatent.scoring;

import io.github.sparklatent.mixture.ChainContributions;
import io.github.sparklatent.mixture.ColumnContributions;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.MixedMixture;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/** Explains rows by their exact conditional distributions under a mixture. */
public final class DensityExplainer implements RowExplainer {
    private final ColumnContributions contributions;
    private final int width;

    /**
     * Prepares the explanations of rows under one mixture.
     *
     * @param groups indices of each group's numbers. Not modified.
     */
    public DensityExplainer(MixedDensity density, int[][] groups) {
        this.contributions = new ColumnContributions(density, groups);
        this.width = density.mixture().columns().size();
    }

    /** Returns the source of explainers of a mixture. */
    public static Source of(MixedMixture mixture) {
        if (mixture.chains() != null) {
            return groups -> new OfChains(new ChainContributions(mixture), groups);
        }
        MixedDensity density = new MixedDensity(mixture);
        return groups -> new DensityExplainer(density, groups);
    }

    /** Explains rows by chains of columns; the columns of a group add up, without missing cells. */
    private record OfChains(ChainContributions contributions, int[][] groups) implements RowExplainer {
        @Override
        public void evaluate(double[] rows, int n) {
            contributions.evaluate(rows, n);
        }

        @Override
        public double contribution(int row, int group) {
            double[] known = Arrays.stream(groups[group])
                    .mapToDouble(column -> contributions.contribution(row, column))
                    .filter(own -> !Double.isNaN(own))
                    .toArray();
            return known.length == 0 ? Double.NaN : Arrays.stream(known).sum();
        }

        @Override
        public double expected(int row, int group, int column) {
            return contributions.expected(row, column);
        }

        @Override
        public double quantile(int row, int group, int column, double probability) {
            return contributions.quantile(row, column, probability);
        }
    }

    @Override
    public void evaluate(double[] rows, int n) {
        contributions.evaluate(DMatrixRMaj.wrap(n, width, rows));
    }

    @Override
    public double contribution(int row, int group) {
        return contributions.contribution(row, group);
    }

    @Override
    public double expected(int row, int group, int column) {
        return contributions.expected(row, group, column);
    }

    @Override
    public double quantile(int row, int group, int column, double probability) {
        return contributions.quantile(row, group, column, probability);
    }
}
