package io.github.sparklatent.mixture;

import java.io.Serializable;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Columns one after the other, each with a distribution given those before it: the shares of codes in the leaf of a
 * {@linkplain ColumnTree tree}. As a density, shares are shrunk: those of categories and of missing cells towards their
 * shares in all rows by pseudo-rows, those of bins so at each halving of a range of bins, as a Pólya tree (Lavine
 * 1992). Draws have the shares of the leaf as they are, so that combinations that no row has are not drawn.
 *
 * @param order the columns in their order
 * @param trees the tree of each column, which is given the codes of all
 */
public record ColumnChain(int[] order, List<ColumnTree> trees) implements Serializable {
    /** Returns log p of the code of a column given those before, in nats. */
    double logShare(int column, int[] codes, double prior) {
        ColumnTree tree = trees.get(column);
        return tree.logShare(tree.leaf(codes), codes[column], prior);
    }

    /** Draws the code of a column given those before. */
    int draw(int column, int[] codes, boolean isComplete, RandomGenerator random) {
        ColumnTree tree = trees.get(column);
        return tree.at(tree.leaf(codes), random.nextDouble(), isComplete);
    }
}
