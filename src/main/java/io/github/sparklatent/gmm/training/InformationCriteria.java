package io.github.sparklatent.gmm.training;

/**
 * Criteria that weigh the likelihood of a mixture against its number of parameters (McLachlan and Peel 2000, sections
 * 6.8 and 6.9).
 */
public final class InformationCriteria {
    private InformationCriteria() {}

    /**
     * Returns −2 n l + p log n.
     *
     * @param parameters p, number of free parameters
     * @param meanLogLikelihood mean log-likelihood l, nats per row
     * @param rows n, number of rows, see {@link io.github.sparklatent.learn.SampleSize}
     */
    public static double bic(long parameters, double meanLogLikelihood, double rows) {
        return -2 * meanLogLikelihood * rows + parameters * StrictMath.log(rows);
    }

    /** Returns −2 n l + 2 p; arguments as in {@link #bic}. */
    public static double aic(long parameters, double meanLogLikelihood, double rows) {
        return -2 * meanLogLikelihood * rows + 2.0 * parameters;
    }
}
