package io.github.sparklatent.mixture;

import io.github.sparklatent.linalg.Rows;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import org.ejml.data.DMatrixRMaj;

/**
 * Tells the components of usual rows from those of errors that repeat, such as the date 1970-01-01 in 50 rows or a
 * price in cents. A mixture describes such rows by components of their own, under which they are not anomalous.
 *
 * <p>A group of components has errors if it has less than 3% of the rows and if each of its components has a column j
 * whose typical value is practically impossible in the other components:
 *
 * <pre>
 *   −log Σ_l π_l P_l(a value of column j at least as unusual as the typical one of the component) > 9.2
 * </pre>
 *
 * <p>Groups of usual rows differ in the combination of their values, of which each is one that other groups have, too.
 */
public final class UsualComponents {
    private static final double MIN_SHARE = 0.03;

    /** In nats: one value in ten thousand. Groups of usual rows had up to 7, repeated errors 10 to 28. */
    private static final double MAX_SURPRISAL = 9.2;

    /** Components that are so many describe single rows; comparing them all would take minutes. */
    private static final int MAX_COMPONENTS = 1000;

    private final MixedMixture mixture;
    private final ConditionalLevels levels;

    private UsualComponents(MixedMixture mixture) {
        this.mixture = mixture;
        this.levels = new ConditionalLevels(new MixedDensity(mixture));
    }

    /**
     * Returns the weights of the components in the anomaly score, of sum 1: 0 for those of errors that repeat. If usual
     * components have less than half of the rows, all count.
     */
    public static double[] weights(MixedMixture mixture) {
        double[] weights = mixture.weights();
        if (mixture.components() > MAX_COMPONENTS) {
            return weights;
        }
        UsualComponents components = new UsualComponents(mixture);
        BitSet usual = components.usual();
        double share = components.share(usual);
        if (usual.cardinality() < weights.length && share > 0.5) {
            Arrays.setAll(weights, k -> usual.get(k) ? weights[k] / share : 0);
        }
        return weights;
    }

    private BitSet usual() {
        BitSet usual = new BitSet();
        BitSet rare = new BitSet();
        BitSet others = new BitSet();
        for (int k = 0; k < mixture.components(); k++) {
            (mixture.weight(k) < MIN_SHARE ? others : usual).set(k);
        }
        grow(usual, others);
        while (!others.isEmpty()) {
            BitSet group = new BitSet();
            group.set(others.stream()
                    .boxed()
                    .max(Comparator.comparingDouble(mixture::weight))
                    .orElseThrow());
            others.andNot(group);
            grow(group, others);
            if (share(group) < MIN_SHARE) {
                rare.or(group);
            } else {
                usual.or(group);
                others.or(rare);
                rare.clear();
                grow(usual, others);
            }
        }
        return usual;
    }

    private double share(BitSet group) {
        return group.stream().mapToDouble(mixture::weight).sum();
    }

    /** Moves the components to a group whose typical values are possible in it. */
    private void grow(BitSet group, BitSet others) {
        BitSet found = new BitSet();
        do {
            double[] logShares = new double[mixture.components()];
            Arrays.setAll(
                    logShares,
                    k -> group.get(k) ? StrictMath.log(mixture.weight(k) / share(group)) : Double.NEGATIVE_INFINITY);
            found.clear();
            others.stream().filter(k -> isPossible(k, logShares)).forEach(found::set);
            group.or(found);
            others.andNot(found);
        } while (!found.isEmpty());
    }

    private boolean isPossible(int component, double[] logShares) {
        for (int j = 0; j < mixture.columns().size(); j++) {
            if (!(logTail(j, component, logShares) >= -MAX_SURPRISAL)) { // NaN of an empty group
                return false;
            }
        }
        return true;
    }

    /** Returns the log probability of values at least as unusual as the typical value of a component. */
    private double logTail(int column, int component, double[] logShares) {
        MixedColumns columns = mixture.columns();
        int table = MixedColumns.place(columns.discrete(), column);
        if (table >= 0) {
            MixedColumns.Column cells = columns.get(column);
            double[] own = MixedMixture.row(mixture.discrete().get(table), component);
            double typical = cells.bins() == null
                    ? Math.rint(DiscreteCells.expected(cells, own))
                    : cells.bins().mean(Rows.argMax(own));
            return levels.logNotMoreProbable(table, logShares, typical);
        }
        int place = MixedColumns.place(columns.gaussian(), column);
        DMatrixRMaj student = mixture.parameters(column);
        double[] terms = logShares.clone();
        for (int k = 0; k < terms.length; k++) {
            if (terms[k] > Double.NEGATIVE_INFINITY && place >= 0) {
                DMatrixRMaj means = mixture.gaussian().means();
                double distance = means.get(component, place) - means.get(k, place);
                terms[k] += LogTails.chiSquare(
                        1, distance * distance / mixture.gaussian().variance(k, place));
            } else if (terms[k] > Double.NEGATIVE_INFINITY) {
                double distance = student.get(component, StudentCells.LOCATION) - student.get(k, StudentCells.LOCATION);
                terms[k] += LogTails.student(
                        student.get(k, StudentCells.DEGREES), distance / Math.sqrt(student.get(k, StudentCells.SCALE)));
            }
        }
        return LogTails.logSumExp(terms);
    }
}
