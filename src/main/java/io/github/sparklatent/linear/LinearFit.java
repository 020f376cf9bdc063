package io.github.sparklatent.linear;

import io.github.sparklatent.learn.em.Round;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A fit of a linear Gaussian model.
 *
 * @param options the options of the fit
 * @param model the parameters
 * @param weight total weight of the rows
 * @param meanLogLikelihood mean log-likelihood of these rows, nats per row of weight 1
 * @param variances variances along the axes of the latent variables, in their order: with the noise and greatest first
 *     for probabilistic PCA, without it for factor analysis, whose order is that of the variances in units of the
 *     noise. After the closed form, they are eigenvalues of the covariance of the rows, and the variances along the
 *     other axes follow if all were computed.
 * @param total sum of the variances of the columns; if values are missing, under the model
 * @param rounds number of updates of the model; 1 for the closed form
 * @param converged whether the tolerance ended the rounds
 * @param history a record for each round of EM
 * @param bound columns whose noise variance is at its lower bound in factor analysis, except constant columns
 */
public record LinearFit(
        LinearOptions options,
        LinearGaussian model,
        double weight,
        double meanLogLikelihood,
        double[] variances,
        double total,
        int rounds,
        boolean converged,
        List<Round> history,
        int[] bound) {
    /**
     * The greatest share of its noise variance that a latent variable without use explains. EM takes many rounds to
     * bring it to 0.
     */
    private static final double USELESS = 1e-6;

    private static final int NAMED = 5;

    /**
     * Returns warnings about bound noise variances and about latent variables without use.
     *
     * @param names names of the columns
     */
    public List<String> warnings(List<String> names) {
        List<String> warnings = new ArrayList<>();
        if (model.isIsotropic()) {
            boundNoise(warnings);
        } else {
            columns(names, warnings);
        }
        int latent = model.latent();
        long zero = useless();
        if (zero > 0) {
            warnings.add("the codes of %d of %d latent variables hardly differ from 0, because %s"
                    .formatted(
                            zero,
                            latent,
                            model.isIsotropic()
                                    ? "the variances along their axes hardly exceed the noise variance %s: lower the regularization, scale the columns, or use fewer latent variables"
                                            .formatted(model.noise(0))
                                    : "the others explain all that columns have in common:"
                                            + " use fewer latent variables"));
        }
        return warnings;
    }

    private void boundNoise(List<String> warnings) {
        int d = model.dimension();
        int latent = model.latent();
        double others = (total - Arrays.stream(variances, 0, latent).sum()) / (d - latent);
        if (model.noise(0) <= options.regularization() && model.noise(0) > others) {
            warnings.add(
                    "the noise variance is its lower bound %s, the regularization, which is above the mean variance %.4g along the axes without a latent variable: lower the regularization or scale the columns, unless that variance is only rounding error"
                            .formatted(model.noise(0), Math.max(0, others)));
        }
    }

    private void columns(List<String> names, List<String> warnings) {
        if (bound.length > 0) {
            String shown =
                    Arrays.stream(bound).limit(NAMED).mapToObj(names::get).collect(Collectors.joining(", "));
            int rest = bound.length - NAMED;
            warnings.add(
                    "the noise variance of %s%s is at its lower bound, %s of the variance of the column (a Heywood case): the latent variables reproduce it almost exactly; use fewer latent variables, more rows, or leave such columns out"
                            .formatted(
                                    shown,
                                    rest > 0 ? " and of %d more columns".formatted(rest) : "",
                                    options.regularization()));
        }
        long d = model.dimension();
        long l = model.latent();
        if ((d - l) * (d - l) < d + l) {
            warnings.add(
                    "%d latent variables and the noise of %d columns have more parameters than the covariance of the columns, so other loadings fit as well: use fewer latent variables or more columns"
                            .formatted(l, d));
        }
    }

    private long useless() {
        double[] white = new double[model.latent()];
        var loadings = model.whiteLoadings();
        for (int at = 0; at < loadings.getNumElements(); at++) {
            white[at % white.length] += loadings.data[at] * loadings.data[at];
        }
        return Arrays.stream(white).filter(square -> square <= USELESS).count();
    }
}
