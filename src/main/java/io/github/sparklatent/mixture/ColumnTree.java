package io.github.sparklatent.mixture;

import io.github.sparklatent.linalg.LogSumExp;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The distribution of the code of a column given the codes of others: a decision tree whose leaves have the codes of
 * their training rows. Immutable; arrays must not be modified.
 *
 * @param feature what each node is split by, an index among the given codes; −1 of a leaf
 * @param child the first child of a node, which the second one follows; of a leaf its number
 * @param cut greatest place in the first child
 * @param places place of each of the given codes, for each index; null where it is the code itself
 * @param isNumber whether the codes of the column are those of bins
 * @param ends where the codes of each leaf begin, and the end of all
 * @param codes codes of the leaves, ascending in each
 * @param sums weight of the codes of a leaf up to and with each
 * @param masses weight of the codes below each in all rows, of an unseen one ½; the last one is of all codes
 * @param missing weight of the missing cells in all rows
 */
record ColumnTree(
        int[] feature,
        int[] child,
        int[] cut,
        int[][] places,
        boolean isNumber,
        int[] ends,
        int[] codes,
        double[] sums,
        double[] masses,
        double missing)
        implements Serializable {

    /** Code of a missing cell of a column that never had one in the training. */
    static final int UNSEEN = -1;

    /** Returns the number of the leaf of a row without {@link #UNSEEN} codes. */
    int leaf(int[] given) {
        return child[node(given, 0)];
    }

    /** Returns the leaf of a row below a node, or the first node there that splits by an {@link #UNSEEN} code. */
    private int node(int[] given, int from) {
        int node = from;
        while (feature[node] >= 0 && given[feature[node]] != UNSEEN) {
            int[] place = places[feature[node]];
            int code = given[feature[node]];
            node = child[node] + ((place == null || code >= place.length ? code : place[code]) <= cut[node] ? 0 : 1);
        }
        return node;
    }

    /** Returns the leaves of a row below a node: those on both sides of a split by an {@link #UNSEEN} code. */
    private IntStream leaves(int[] given, int from) {
        int node = node(given, from);
        return feature[node] < 0
                ? IntStream.of(child[node])
                : IntStream.range(child[node], child[node] + 2).flatMap(side -> leaves(given, side));
    }

    /**
     * Returns log p of a code given others, in nats: that of the leaf, or of the mean of several leaves by their
     * weights.
     *
     * @param prior number of pseudo-rows
     */
    double logShare(int[] given, int code, double prior) {
        int node = node(given, 0);
        if (feature[node] < 0) {
            return logShare(child[node], code, prior);
        }
        int[] leaves = leaves(given, node).toArray();
        double total = Arrays.stream(leaves).mapToDouble(this::weight).sum();
        double[] terms = Arrays.stream(leaves)
                .mapToDouble(leaf -> StrictMath.log(weight(leaf) / total) + logShare(leaf, code, prior))
                .toArray();
        return LogSumExp.of(terms);
    }

    /** Returns p of all codes given others, if the cell is not missing; see {@link #logShare(int[], int, double)}. */
    double[] shares(int[] given, double prior) {
        int[] leaves = leaves(given, 0).toArray();
        double total = Arrays.stream(leaves).mapToDouble(this::weight).sum();
        double[] own = new double[size()];
        double[] mean = new double[size()];
        for (int leaf : leaves) {
            shares(leaf, prior, own);
            for (int x = 0; x < mean.length; x++) {
                mean[x] += leaves.length == 1 ? own[x] : weight(leaf) / total * own[x];
            }
        }
        return mean;
    }

    int leaves() {
        return ends.length - 1;
    }

    /** Returns the number of splits, and of shares that are not those of another code. */
    int freeParameters() {
        return feature.length - leaves() + codes.length - leaves();
    }

    /** Returns all numbers; they are in one order. */
    List<double[]> numbers() {
        Stream<double[]> whole = Stream.of(feature, cut, ends, codes)
                .map(numbers -> Arrays.stream(numbers).asDoubleStream().toArray());
        return Stream.concat(whole, Stream.of(sums, masses)).toList();
    }

    /** Returns the number of codes, without that of missing cells. */
    int size() {
        return masses.length - 1;
    }

    double weight(int leaf) {
        return ends[leaf + 1] > ends[leaf] ? sums[ends[leaf + 1] - 1] : 0;
    }

    /** Returns the weight of the codes of a leaf below a code. */
    double below(int leaf, int code) {
        int place = Arrays.binarySearch(codes, ends[leaf], ends[leaf + 1], code);
        int next = place >= 0 ? place : -place - 1;
        return next > ends[leaf] ? sums[next - 1] : 0;
    }

    /**
     * Returns log p of a code in a leaf, in nats; 0 of an {@link #UNSEEN} one.
     *
     * @param prior number of pseudo-rows
     */
    double logShare(int leaf, int code, double prior) {
        if (code > size()) {
            return Double.NEGATIVE_INFINITY; // no category of the training
        }
        if (code == UNSEEN) {
            return 0;
        }
        boolean isMissing = code == size();
        double observed = below(leaf, size());
        double empty = weight(leaf) - observed;
        double share = shrunk(empty, observed + empty, missing / (missing + masses[size()]), prior);
        if (isMissing) {
            return StrictMath.log(share);
        }
        double log = StrictMath.log1p(-share);
        if (!isNumber) {
            double own = below(leaf, code + 1) - below(leaf, code);
            return log + StrictMath.log(shrunk(own, observed, mass(code, code + 1) / mass(0, size()), prior));
        }
        int low = 0;
        int high = size();
        double from = 0;
        double to = observed;
        double p = 1;
        while (high - low > 1) {
            int middle = low + high >>> 1;
            double below = below(leaf, middle);
            double first = shrunk(below - from, to - from, mass(low, middle) / mass(low, high), prior);
            if (code < middle) {
                p *= first;
                high = middle;
                to = below;
            } else {
                p *= 1 - first;
                low = middle;
                from = below;
            }
        }
        return log + StrictMath.log(p);
    }

    /** Writes p of all codes in a leaf, given that the cell is not missing. */
    void shares(int leaf, double prior, double[] to) {
        if (isNumber) {
            to[0] = 1;
            split(leaf, 0, size(), prior, to);
            return;
        }
        double observed = below(leaf, size());
        for (int code = 0; code < size(); code++) {
            double own = below(leaf, code + 1) - below(leaf, code);
            to[code] = shrunk(own, observed, mass(code, code + 1) / mass(0, size()), prior);
        }
    }

    /** Divides what the first code of a range has among all of them. */
    private void split(int leaf, int low, int high, double prior, double[] to) {
        if (high - low > 1) {
            int middle = low + high >>> 1;
            double from = below(leaf, low);
            double own = below(leaf, middle) - from;
            double first = shrunk(own, below(leaf, high) - from, mass(low, middle) / mass(low, high), prior);
            to[middle] = to[low] * (1 - first);
            to[low] *= first;
            split(leaf, low, middle, prior, to);
            split(leaf, middle, high, prior, to);
        }
    }

    private static double shrunk(double own, double all, double share, double prior) {
        return all + prior == 0 ? share : (own + prior * share) / (all + prior);
    }

    private double mass(int from, int to) {
        return masses[to] - masses[from];
    }

    /**
     * Returns the code of a leaf at a share of its weight; without missing cells that of all rows, if it has no other.
     */
    int at(int leaf, double share, boolean isComplete) {
        double observed = below(leaf, size());
        if (isComplete && observed == 0) {
            int above = Arrays.binarySearch(masses, share * mass(0, size()));
            return Math.min(above >= 0 ? above : -above - 2, size() - 1);
        }
        double weight = share * (isComplete ? observed : weight(leaf));
        int place = Arrays.binarySearch(sums, ends[leaf], ends[leaf + 1], weight);
        return codes[Math.min(place >= 0 ? place + 1 : -place - 1, ends[leaf + 1] - 1)];
    }
}
