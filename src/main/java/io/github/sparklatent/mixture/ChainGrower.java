package io.github.sparklatent.mixture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Grows the trees of a chain (Breiman, Friedman, Olshen and Stone 1984). A split is the one after which codes vary
 * least: categories by the Gini index, numbers by the variance of their ranks, so that outliers do not matter. Missing
 * cells are one more value.
 */
final class ChainGrower {
    private static final double ROUNDING = 1e-9;

    /** Most numbers of a column that are split by the Gini index. */
    private static final int FEW = 32;

    /** Weight of a code that no row has. */
    private static final double UNSEEN = 0.5;

    private final int[][] codes;
    private final int[] sizes;
    private final boolean[] isOrdered;
    private final double[] weights;
    private final double least;

    /**
     * Takes the rows.
     *
     * @param codes the code of each row, for each column. Not modified.
     * @param sizes number of codes of each column, with that of missing cells
     * @param isOrdered whether the codes of a column are ordered
     * @param weights weight of each row
     * @param least least weight of a leaf
     */
    ChainGrower(int[][] codes, int[] sizes, boolean[] isOrdered, double[] weights, double least) {
        this.codes = codes;
        this.sizes = sizes;
        this.isOrdered = isOrdered;
        this.weights = weights;
        this.least = least;
    }

    /** Returns the tree of a column given others. */
    ColumnTree tree(int target, int[] given) {
        return new Growth(target, given).tree();
    }

    /** The growth of one tree. */
    private final class Growth {
        private final int target;
        private final int[] given;
        private final int[] own;
        private final int missing;
        private final double[] masses;
        private final boolean isRanked;

        /** Mid-rank of each code, between 0 and 1; 0 of a missing cell. */
        private final double[] ranks;

        private final int[] rows = IntStream.range(0, weights.length).toArray();
        private final int[] sorted = new int[weights.length];
        private final int[] second = new int[weights.length];
        private final Side first;
        private final Side rest;
        private final int[] starts;
        private final List<int[]> nodes = new ArrayList<>(); // feature, child, cut
        private final List<long[]> sets = new ArrayList<>();
        private final List<int[]> leaves = new ArrayList<>();
        private final List<double[]> leafSums = new ArrayList<>();

        Growth(int target, int[] given) {
            this.target = target;
            this.given = given;
            this.own = codes[target];
            this.missing = sizes[target] - 1;
            this.isRanked = isOrdered[target] && missing > FEW;
            this.masses = new double[sizes[target]];
            for (int i = 0; i < own.length; i++) {
                masses[own[i]] += weights[i];
            }
            this.ranks = new double[sizes[target]];
            double observed = Arrays.stream(masses, 0, missing).sum();
            double below = 0;
            for (int c = 0; c < missing; c++) {
                ranks[c] = (below + 0.5 * masses[c]) / Math.max(observed, Double.MIN_NORMAL);
                below += masses[c];
            }
            int most = Arrays.stream(given).map(f -> sizes[f]).max().orElse(0);
            this.first = new Side();
            this.rest = new Side();
            this.starts = new int[most + 1];
        }

        ColumnTree tree() {
            nodes.add(null);
            grow(0, 0, rows.length);
            int[] ends = new int[leaves.size() + 1];
            for (int l = 0; l < leaves.size(); l++) {
                ends[l + 1] = ends[l] + leaves.get(l).length;
            }
            return new ColumnTree(
                    nodes.stream().mapToInt(node -> node[0]).toArray(),
                    nodes.stream().mapToInt(node -> node[1]).toArray(),
                    nodes.stream().mapToInt(node -> node[2]).toArray(),
                    sets.toArray(long[][]::new),
                    isOrdered,
                    isOrdered[target],
                    ends,
                    leaves.stream().flatMapToInt(Arrays::stream).toArray(),
                    leafSums.stream().flatMapToDouble(Arrays::stream).toArray(),
                    below(),
                    masses[missing]);
        }

        private double[] below() {
            double[] below = new double[missing + 1];
            for (int c = 0; c < missing; c++) {
                below[c + 1] = below[c] + (masses[c] > 0 ? masses[c] : UNSEEN);
            }
            return below;
        }

        private void grow(int node, int from, int to) {
            Split best = best(from, to);
            if (best == null) {
                nodes.set(node, new int[] {-1, leaves.size(), 0});
                leaf(from, to);
                return;
            }
            int child = nodes.size();
            nodes.add(null);
            nodes.add(null);
            int cut = best.last;
            if (!isOrdered[best.feature]) {
                cut = sets.size();
                sets.add(best.set);
            }
            nodes.set(node, new int[] {best.feature, child, cut});
            int middle = partition(best, from, to);
            grow(child, from, middle);
            grow(child + 1, middle, to);
        }

        private int partition(Split split, int from, int to) {
            int[] by = codes[split.feature];
            int left = from;
            int right = 0;
            for (int i = from; i < to; i++) {
                if (split.isFirst(by[rows[i]])) {
                    rows[left++] = rows[i];
                } else {
                    second[right++] = rows[i];
                }
            }
            System.arraycopy(second, 0, rows, left, right);
            return left;
        }

        private void leaf(int from, int to) {
            double[] counts = new double[sizes[target]];
            for (int i = from; i < to; i++) {
                counts[own[rows[i]]] += weights[rows[i]];
            }
            int[] present =
                    IntStream.range(0, counts.length).filter(c -> counts[c] > 0).toArray();
            double[] cumulated =
                    Arrays.stream(present).mapToDouble(c -> counts[c]).toArray();
            Arrays.parallelPrefix(cumulated, Double::sum);
            leaves.add(present);
            leafSums.add(cumulated);
        }

        /** Returns the best split of some rows, or null if none is worth it. */
        private Split best(int from, int to) {
            Side all = new Side();
            double pure = 0;
            for (int i = from; i < to; i++) {
                all.add(rows[i], 1);
                double rank = !isRanked || own[rows[i]] == missing ? 1 : ranks[own[rows[i]]];
                pure += weights[rows[i]] * rank * rank;
            }
            double whole = all.score();
            if (all.weight < 2 * least || whole >= pure * (1 - ROUNDING)) {
                return null;
            }
            Split best = null;
            for (int feature : given) {
                Split found = best(feature, from, to, all);
                best = found != null && (best == null || found.score > best.score) ? found : best;
            }
            return best == null || best.score <= whole + ROUNDING * pure ? null : best;
        }

        /** Returns the best split by a feature; null if none leaves both sides enough rows. */
        private Split best(int feature, int from, int to, Side all) {
            int size = sizes[feature];
            sort(codes[feature], size, from, to);
            int[] order = isOrdered[feature] ? IntStream.range(0, size).toArray() : order(size, all);
            first.set(null);
            rest.set(all);
            double score = Double.NEGATIVE_INFINITY;
            int last = -1;
            for (int p = 0; p < order.length && rest.weight >= least; p++) {
                int end = starts[order[p] + 1];
                if (starts[order[p]] == end) {
                    continue;
                }
                for (int i = starts[order[p]]; i < end; i++) {
                    first.add(sorted[i], 1);
                    rest.add(sorted[i], -1);
                }
                if (first.weight >= least && rest.weight >= least && first.score() + rest.score() > score) {
                    score = first.score() + rest.score();
                    last = p;
                }
            }
            if (last < 0) {
                return null;
            }
            long[] set = new long[(size + 63) / 64];
            for (int p = 0; p <= last; p++) {
                set[order[p] >> 6] |= 1L << order[p];
            }
            return new Split(feature, last, isOrdered[feature] ? null : set, score);
        }

        /** Sorts rows by their codes; those of a code then begin at its start. */
        private void sort(int[] by, int size, int from, int to) {
            Arrays.fill(starts, 0, size + 1, 0);
            for (int i = from; i < to; i++) {
                starts[by[rows[i]] + 1]++;
            }
            for (int c = 0; c < size; c++) {
                starts[c + 1] += starts[c];
            }
            for (int i = from; i < to; i++) {
                sorted[starts[by[rows[i]]]++] = rows[i];
            }
            System.arraycopy(starts, 0, starts, 1, size); // the end of a code is the start of the next
            starts[0] = 0;
        }

        /** The rows on one side of a split. */
        private final class Side {
            private double weight;
            private double empty;

            /** Weight of each code; of ranks the first two numbers are the weight and the sum of those observed. */
            private final double[] sums = new double[Math.max(2, missing + 1)];

            /** Σ_c n_c² of the weights of codes. */
            private double squares;

            void set(Side other) {
                weight = other == null ? 0 : other.weight;
                empty = other == null ? 0 : other.empty;
                squares = other == null ? 0 : other.squares;
                if (other == null) {
                    Arrays.fill(sums, 0);
                } else {
                    System.arraycopy(other.sums, 0, sums, 0, sums.length);
                }
            }

            void add(int row, int sign) {
                double w = sign * weights[row];
                int code = own[row];
                weight += w;
                if (!isRanked) {
                    squares += w * (2 * sums[code] + w);
                    sums[code] += w;
                } else if (code == missing) {
                    empty += w;
                } else {
                    sums[0] += w;
                    sums[1] += w * ranks[code];
                }
            }

            /** Returns the sum of squares that the means of the side explain. */
            double score() {
                return isRanked
                        ? (sums[0] > 0 ? sums[1] * sums[1] / sums[0] : 0) + empty * empty / weight
                        : squares / weight;
            }
        }

        /**
         * Returns the codes of a feature that rows have, by the mean rank or the share of the most frequent category.
         */
        private int[] order(int size, Side all) {
            int frequent = 0;
            for (int c = 1; c <= missing && !isRanked; c++) {
                frequent = all.sums[c] > all.sums[frequent] ? c : frequent;
            }
            double[] means = new double[size];
            for (int code = 0; code < size; code++) {
                double weight = 0;
                for (int i = starts[code]; i < starts[code + 1]; i++) {
                    int c = own[sorted[i]];
                    weight += weights[sorted[i]];
                    means[code] += weights[sorted[i]] * (isRanked ? ranks[c] : c == frequent ? 1 : 0);
                }
                means[code] /= weight;
            }
            return IntStream.range(0, size)
                    .filter(code -> starts[code + 1] > starts[code])
                    .boxed()
                    .sorted((a, b) -> means[a] == means[b] ? a - b : Double.compare(means[a], means[b]))
                    .mapToInt(code -> code)
                    .toArray();
        }
    }

    /** A split; {@code last} is the greatest code of the first side, {@code set} its categories. */
    private record Split(int feature, int last, long[] set, double score) {
        boolean isFirst(int code) {
            return set == null ? code <= last : (set[code >> 6] >> code & 1) != 0;
        }
    }
}
