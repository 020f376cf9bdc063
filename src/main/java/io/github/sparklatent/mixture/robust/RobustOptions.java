package io.github.sparklatent.mixture.robust;

import io.github.sparklatent.settings.Names;
import io.github.sparklatent.settings.Rules;
import io.github.sparklatent.settings.Setting;
import java.io.Serializable;

/**
 * The options of robust fits.
 *
 * @param method protection of the fit
 * @param trim share of the total row weight that is left out, above 0 and at most {@value #MAX_TRIM}; without effect if
 *     the method is {@link RobustMethod#NONE}
 * @param novelty whether all training rows are normal, so that none is left out
 */
public record RobustOptions(
        @Setting(
                key = "model.robust",
                meaning =
                        "trim: each round leaves out rows of lowest density; refit: a first robust fit leaves them out")
        RobustMethod method,

        @Setting(
                key = "model.trim",
                meaning = "robust: share of the training rows that is left out, above that of outliers",
                range = "> 0 and <= " + RobustOptions.MAX_TRIM,
                onlyIf = "model.robust is trim or refit")
        double trim,

        @Setting(
                key = "model.novelty",
                meaning = "robust: whether all training rows are normal, so that none is left out",
                onlyIf = "model.robust is trim or refit")
        boolean novelty)
        implements Serializable {
    /** Largest share: if half of the rows were outliers, nothing would tell them from the rest. */
    public static final double MAX_TRIM = 0.5;

    /** The default options. Defaults are defined here only. */
    public static final RobustOptions DEFAULT = new RobustOptions(RobustMethod.NONE, 0.3, false);

    public RobustOptions {
        Rules.of(RobustOptions.class).range("trim", trim).check();
    }

    /** Returns whether rows are left out. */
    public boolean isPresent() {
        return method != RobustMethod.NONE && !novelty;
    }

    /** Returns whether a first fit leaves rows out. */
    public boolean isFirst() {
        return method == RobustMethod.REFIT && !novelty;
    }

    /** The protection of a fit against outliers. */
    public enum RobustMethod {
        /** All rows count. */
        NONE,
        /** Each round leaves out the rows of lowest density. */
        TRIM,
        /**
         * A fit of one Gaussian, each round of which leaves out the rows of lowest density; then a fit of the mixture
         * to the rows that the Gaussian keeps.
         */
        REFIT;

        @Override
        public String toString() {
            return Names.of(this);
        }
    }
}
