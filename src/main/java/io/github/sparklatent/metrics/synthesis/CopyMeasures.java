package io.github.sparklatent.metrics.synthesis;

import io.github.sparklatent.metrics.AreaUnderRoc;
import io.github.sparklatent.metrics.synthesis.ClosestRecords.Closest;
import java.util.Arrays;

/**
 * Measures that find models which copy their training rows. Training rows are compared with as many held-out rows, so
 * that each measure has a known value for a model that does not copy.
 *
 * @param closestShare share of the generated rows that are closer to a training row than to any held-out row; equal
 *     distances count half; 0.5 without copying
 * @param standardError standard error of the closest share of a model that does not copy. Generated rows with the same
 *     closest record are on its side together, so with n_g rows of n closest to record g it is ½ √(Σ n_g²) / n, which
 *     is ½ / √n if no two rows share a record
 * @param exactCopies share of the generated rows that equal a training row
 * @param exactMatches share of the generated rows that equal a held-out row: equal by chance
 * @param membership area under the ROC curve of an attacker who takes real rows close to a generated row for training
 *     rows (Hayes and others 2019); 0.5 without copying
 * @param rows number of training rows, of held-out rows and the greatest number of generated rows that were compared
 */
public record CopyMeasures(
        double closestShare,
        double standardError,
        double exactCopies,
        double exactMatches,
        double membership,
        int rows) {

    /** Standard errors above chance from which a share means that the model copies. */
    private static final double ERRORS = 4;

    /** Shares below this excess over chance are not reported, however many rows show them. */
    private static final double MARGIN = 0.05;

    /**
     * Compares rows.
     *
     * @param train rows of the training
     * @param holdout real rows that the model has not seen
     * @param most greatest number of rows of each table to compare; the seconds grow with its square
     */
    public static CopyMeasures of(ComparedRows train, ComparedRows holdout, ComparedRows generated, int most) {
        int n = Math.min(most, Math.min(train.size(), holdout.size()));
        ComparedRows members = train.first(n);
        ComparedRows others = holdout.first(n);
        ComparedRows drawn = generated.first(n);
        Closest closestMembers = new ClosestRecords(members, train).closest(drawn);
        Closest closestOthers = new ClosestRecords(others, train).closest(drawn);
        double[] toMembers = closestMembers.distances();
        double[] toOthers = closestOthers.distances();
        ClosestRecords ofDrawn = new ClosestRecords(drawn, train);
        return new CopyMeasures(
                closer(toMembers, toOthers),
                groupedError(closestMembers, closestOthers, n),
                zeros(toMembers),
                zeros(toOthers),
                membership(ofDrawn.distances(members), ofDrawn.distances(others)),
                n);
    }

    private static double closer(double[] toMembers, double[] toOthers) {
        double closer = 0;
        for (int i = 0; i < toMembers.length; i++) {
            closer += toMembers[i] < toOthers[i] ? 1 : toMembers[i] == toOthers[i] ? 0.5 : 0;
        }
        return closer / toMembers.length;
    }

    private static double groupedError(Closest members, Closest others, int n) {
        int[] sizes = new int[2 * n];
        int rows = members.records().length;
        for (int i = 0; i < rows; i++) {
            boolean isMember = members.distances()[i] <= others.distances()[i];
            sizes[isMember ? members.records()[i] : n + others.records()[i]]++;
        }
        double squares = 0;
        for (int size : sizes) {
            squares += (double) size * size;
        }
        return 0.5 * Math.sqrt(squares) / rows;
    }

    private static double zeros(double[] distances) {
        return (double) Arrays.stream(distances)
                        .filter(distance -> distance == 0)
                        .count()
                / distances.length;
    }

    private static double membership(double[] ofMembers, double[] ofOthers) {
        int n = ofMembers.length;
        double[] scores = new double[n + ofOthers.length];
        boolean[] positive = new boolean[scores.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = i < n ? -ofMembers[i] : -ofOthers[i - n];
            positive[i] = i < n;
        }
        return AreaUnderRoc.of(scores, positive);
    }

    /** Returns whether the generated rows are closer to the training rows than chance explains. */
    public boolean areCopies() {
        // the area of two samples of n scores has the error √((2n + 1) / (12 n²)), below ½ / √n
        return closestShare > 0.5 + chance(standardError)
                || membership > 0.5 + chance(0.5 / Math.sqrt(rows))
                || exactCopies > exactMatches + chance(2 * standardError);
    }

    private static double chance(double error) {
        return Math.max(ERRORS * error, MARGIN);
    }
}
