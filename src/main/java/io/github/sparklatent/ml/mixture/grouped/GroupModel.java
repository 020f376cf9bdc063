package io.github.sparklatent.ml.mixture.grouped;

import io.github.sparklatent.mixture.MixedMixture;
import java.util.List;

/**
 * A group with its model and the figures of the fit.
 *
 * @param key texts of the group's columns; null where the table has a null
 * @param rows number of training rows
 * @param heldOut number of held-out rows
 * @param weight total weight of the training rows
 * @param heldOutWeight total weight of the held-out rows
 * @param effectiveRows number of training rows for BIC, see {@link io.github.sparklatent.learn.SampleSize#number}; NaN
 *     if it is not known
 * @param fallback why the group has the model of all rows; empty if it has a model of its own
 * @param detail the same as a sentence
 * @param fit figures of the fit; null without a model of its own
 * @param logLikelihoodOfAll mean log-likelihood of the training rows under the model of all rows; NaN if it is not
 *     known
 * @param holdoutOfAll the same for the held-out rows
 * @param mixture the model of its own, or null
 */
record GroupModel(
        List<String> key,
        long rows,
        long heldOut,
        double weight,
        double heldOutWeight,
        double effectiveRows,
        String fallback,
        String detail,
        Fit fit,
        double logLikelihoodOfAll,
        double holdoutOfAll,
        MixedMixture mixture) {

    /**
     * The figures of a fit.
     *
     * @param logLikelihood mean log-likelihood of the training rows, in nats
     * @param holdout mean log-likelihood of the held-out rows; NaN if there are none
     */
    record Fit(int rounds, boolean converged, double logLikelihood, double holdout, double bic) {}

    GroupModel withMixture(MixedMixture own) {
        return new GroupModel(
                key,
                rows,
                heldOut,
                weight,
                heldOutWeight,
                effectiveRows,
                fallback,
                detail,
                fit,
                logLikelihoodOfAll,
                holdoutOfAll,
                own);
    }

    /** Returns whether the group has a model of its own. */
    boolean isOwn() {
        return mixture != null;
    }

    /**
     * Returns whether the anomaly scores of the group are relative to its own mean although it has no model: its rows
     * are many enough for a mean, and something else keeps it from one.
     */
    boolean isCentred() {
        boolean isKnown = !Double.isNaN(logLikelihoodOfAll);
        return !isOwn()
                && isKnown
                && !Fallback.FEW_ROWS.toString().equals(fallback)
                && !Fallback.NULL_KEY.toString().equals(fallback);
    }

    /**
     * Returns how much better its own model explains the group, in nats per row, less the penalty of BIC. Without the
     * penalty, small groups would seem to differ most, because a model explains the rows that it was fitted to better
     * than others.
     *
     * <pre>
     *   mean log p(x | own) − mean log p(x | all) − parameters · log n / (2 n)
     * </pre>
     *
     * n is the effective number of rows.
     */
    double gain() {
        return fit == null
                ? 0
                : fit.logLikelihood()
                        - logLikelihoodOfAll
                        - mixture.freeParameters() * Math.log(effectiveRows) / (2 * effectiveRows);
    }
}
