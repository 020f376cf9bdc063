package io.github.sparklatent.gmm.robust;

import io.github.sparklatent.settings.Names;
import io.github.sparklatent.settings.Rules;
import io.github.sparklatent.settings.Setting;
import java.io.Serializable;

/**
 * The options of robust fits.
 *
 * @param method protection of the fit
 * @param trim share of the total row weight that each round leaves out, above 0 and at most {@value #MAX_TRIM}; without
 *     effect if the method is {@link RobustMethod#NONE}
 */
public record RobustOptions(
        @Setting(
                key = "model.robust",
                meaning = "trim: leaves out rows of lowest density; mcd: for anomalies,"
                        + " components far from most rows count little")
        RobustMethod method,

        @Setting(
                key = "model.trim",
                meaning = "robust: share of the rows that each round leaves out, above that" + " of outliers",
                range = "> 0 and <= " + RobustOptions.MAX_TRIM,
                onlyIf = "model.robust is trim or mcd")
        double trim)
        implements Serializable {
    /** Largest share: if half of the rows were outliers, nothing would tell them from the rest. */
    public static final double MAX_TRIM = 0.5;

    /** The default options. Defaults are defined here only. */
    public static final RobustOptions DEFAULT = new RobustOptions(RobustMethod.NONE, 0.3);

    public RobustOptions {
        Rules.of(RobustOptions.class).range("trim", trim).check();
    }

    /** Returns whether rows are left out. */
    public boolean isPresent() {
        return method != RobustMethod.NONE;
    }

    /** The protection of a fit against outliers. */
    public enum RobustMethod {
        /** All rows count. */
        NONE,
        /** Each round leaves out the rows of lowest density. */
        TRIM,
        /**
         * Minimum covariance determinant: as {@link #TRIM}, with one component; then one reweighting admits all rows
         * within the ellipsoid that holds 97.5% of a Gaussian. Several components are fitted to all rows, and their
         * weights fall with their distance from this ellipsoid.
         */
        MCD;

        @Override
        public String toString() {
            return Names.of(this);
        }
    }
}
