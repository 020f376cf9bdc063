package io.github.sparklatent.example;

import io.github.sparklatent.learn.em.StoppingRule;
import io.github.sparklatent.settings.Rules;
import io.github.sparklatent.settings.Setting;

/**
 * The options of a fit.
 *
 * @param components K, the number of components
 * @param spread factor between the means of the components before the first round
 */
record ExponentialOptions(
        @Setting(key = "model.components", meaning = "number of components", range = ">= 1", param = "k")
        int components,

        @Setting(
                key = "model.spread",
                meaning = "factor between the means of the components that EM starts from",
                range = "> 1")
        double spread,

        StoppingRule stopping) {
    static final ExponentialOptions DEFAULT = new ExponentialOptions(2, 4, new StoppingRule(200, 1e-9));

    ExponentialOptions {
        Rules.of(ExponentialOptions.class)
                .range("components", components)
                .range("spread", spread)
                .check();
    }
}
