package io.github.sparklatent.mixture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Grows the trees of a chain (Breiman, Friedman, Olshen and Stone 1984). A split is the one after which codes vary
 * least: categories by the Gini index, numbers by the variance of their ranks, so that outliers do not matter. Missing
 * cells are one more value.
 *
 * @param codes the code of each row, for each column. Not modified.
 * @param sizes number of codes of each column, with that of missing cells
 * @param isOrdered whether the codes of a column are ordered
 * @param weights weight of each row, relative to the mean of the table
 * @param least least weight of a leaf
 */
record ChainGrower(int[][] codes, int[] sizes, boolean[] isOrdered, double[] weights, double least) {
    private static final double ROUNDING = 1e-9;

    /** Most numbers of a column that are split by the Gini index. */
    private static final int FEW = 32;

    /** Weight of a code that no row has. */
    private static final double UNSEEN = 0.5;

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
        private final Side none;
        private final Side first;
        private final Side rest;
        private final int[] starts;
        private final List<int[]> nodes = new ArrayList<>(); // feature, child, cut
        private final int[][] places = new int[sizes.length][];
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
            this.none = new Side();
            this.first = new Side();
            this.rest = new Side();
            this.starts = new int[Arrays.stream(sizes).max().orElseThrow() + 1];
            for (int feature : given) {
                places[feature] = isOrdered[feature] ? null : places(feature);
            }
        }

        ColumnTree tree() {
            nodes.add(null);
            grow(0, 0, rows.length);
            Set<Integer> used = nodes.stream().map(node -> node[0]).collect(Collectors.toSet());
            Arrays.setAll(places, feature -> used.contains(feature) ? places[feature] : null);
            int[] ends = new int[leaves.size() + 1];
            for (int l = 0; l < leaves.size(); l++) {
                ends[l + 1] = ends[l] + leaves.get(l).length;
            }
            return new ColumnTree(
                    nodes.stream().mapToInt(node -> node[0]).toArray(),
                    nodes.stream().mapToInt(node -> node[1]).toArray(),
                    nodes.stream().mapToInt(node -> node[2]).toArray(),
                    places,
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
            nodes.set(node, new int[] {best.feature, child, best.cut});
            int middle = partition(best, from, to);
            grow(child, from, middle);
            grow(child + 1, middle, to);
        }

        private int partition(Split split, int from, int to) {
            int left = from;
            int right = 0;
            for (int i = from; i < to; i++) {
                if (place(split.feature, rows[i]) <= split.cut) {
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
            for (int c = 1; c < cumulated.length; c++) {
                cumulated[c] += cumulated[c - 1];
            }
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
            sort(feature, from, to);
            first.set(none);
            rest.set(all);
            double score = Double.NEGATIVE_INFINITY;
            int cut = -1;
            for (int place = 0; place < sizes[feature] && rest.weight >= least; place++) {
                for (int i = starts[place]; i < starts[place + 1]; i++) {
                    first.add(sorted[i], 1);
                    rest.add(sorted[i], -1);
                }
                if (first.weight >= least && rest.weight >= least && first.score() + rest.score() > score) {
                    score = first.score() + rest.score();
                    cut = place;
                }
            }
            return cut < 0 ? null : new Split(feature, cut, score);
        }

        private int place(int feature, int row) {
            int code = codes[feature][row];
            return places[feature] == null ? code : places[feature][code];
        }

        /** Sorts rows by their places; those of a place then begin at its start. */
        private void sort(int feature, int from, int to) {
            int size = sizes[feature];
            Arrays.fill(starts, 0, size + 1, 0);
            for (int i = from; i < to; i++) {
                starts[place(feature, rows[i]) + 1]++;
            }
            for (int c = 0; c < size; c++) {
                starts[c + 1] += starts[c];
            }
            for (int i = from; i < to; i++) {
                sorted[starts[place(feature, rows[i])]++] = rows[i];
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
                weight = other.weight;
                empty = other.empty;
                squares = other.squares;
                System.arraycopy(other.sums, 0, sums, 0, sums.length);
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
         * Returns the place of each category by the mean rank of its rows, or by their share of the most frequent code.
         */
        private int[] places(int feature) {
            int frequent = IntStream.range(0, masses.length)
                    .reduce((a, b) -> masses[b] > masses[a] ? b : a)
                    .orElseThrow();
            double[] sums = new double[sizes[feature]];
            double[] totals = new double[sizes[feature]];
            for (int i = 0; i < own.length; i++) {
                totals[codes[feature][i]] += weights[i];
                sums[codes[feature][i]] += weights[i] * (isRanked ? ranks[own[i]] : own[i] == frequent ? 1 : 0);
            }
            int[] sorted = IntStream.range(0, sums.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble(code -> sums[code] / Math.max(totals[code], UNSEEN)))
                    .mapToInt(code -> code)
                    .toArray();
            int[] places = new int[sums.length];
            IntStream.range(0, sums.length).forEach(place -> places[sorted[place]] = place);
            return places;
        }
    }

    /** A split; {@code cut} is the greatest place on the first side. */
    private record Split(int feature, int cut, double score) {}
}
