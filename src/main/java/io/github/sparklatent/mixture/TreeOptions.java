package io.github.sparklatent.mixture;

import io.github.sparklatent.settings.Names;
import io.github.sparklatent.settings.Rules;
import io.github.sparklatent.settings.Setting;
import java.io.Serializable;

/**
 * The dependence of columns on each other within a component.
 *
 * @param within form of the dependence
 * @param leafRows least number of rows in a leaf of a tree
 */
public record TreeOptions(
        @Setting(
                key = "model.within",
                meaning =
                        "columns within a component; trees: each has a decision tree on those before, for drawing rows")
        Within within,

        @Setting(
                key = "model.leafRows",
                meaning = "trees: minimum rows per leaf; larger values protect single rows better",
                range = ">= 1")
        int leafRows)
        implements Serializable {
    /** The default options. Defaults are defined here only. */
    public static final TreeOptions DEFAULT = new TreeOptions(Within.INDEPENDENT, 10);

    public TreeOptions {
        Rules.of(TreeOptions.class).range("leafRows", leafRows).check();
    }

    public boolean areTrees() {
        return within == Within.TREES;
    }

    /** Returns the number of bins of a histogram; leaves of trees have few rows each, so bins may be narrow. */
    public int bins() {
        return areTrees() ? 4 * HistogramBins.MOST : HistogramBins.MOST;
    }

    /** Distributions of the columns within a component. */
    public enum Within {
        /** Columns are independent, but for the numbers with a joint Gaussian distribution. */
        INDEPENDENT,
        /** Each column has a tree on those before; see {@link ColumnChains}. */
        TREES;

        @Override
        public String toString() {
            return Names.of(this);
        }
    }
}
