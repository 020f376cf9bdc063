package io.github.sparklatent.ml.network.keys;

import io.github.sparklatent.settings.Rules;
import io.github.sparklatent.settings.Setting;
import io.github.sparklatent.vae.model.PosteriorCovariance;

/** The distribution of a row's code, and the estimate of a row's likelihood that is made with it. */
public record PosteriorOptions(
        @Setting(key = "model.posterior", meaning = "covariance of a row's latent variables given the row")
        PosteriorCovariance covariance,

        @Setting(
                key = "model.importanceSamples",
                meaning = "draws to estimate the log-likelihood of held-out and evaluated" + " rows; 0: no estimate",
                range = ">= 0")
        int importanceSamples) {
    /** The default options. Defaults are defined here only. */
    public static final PosteriorOptions DEFAULT = new PosteriorOptions(PosteriorCovariance.DIAGONAL, 0);

    public PosteriorOptions {
        Rules.of(PosteriorOptions.class)
                .range("importanceSamples", importanceSamples)
                .check();
    }
}
