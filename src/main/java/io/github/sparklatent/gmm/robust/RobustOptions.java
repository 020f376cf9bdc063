package io.github.sparklatent.gmm.robust;

import io.github.sparklatent.learn.Require;
import java.io.Serializable;

/**
 * The options of robust fits.
 *
 * @param method protection of the fit
 * @param trim share of the total row weight that each round leaves out, above 0 and at most {@value
 *     #GREATEST_TRIM}; without effect if the method is {@link RobustMethod#NONE}
 */
public record RobustOptions(RobustMethod method, double trim) implements Serializable {
    /** Greatest share: if half of the rows were outliers, nothing would tell them from the rest. */
    public static final double GREATEST_TRIM = 0.5;

    /** The default options. Defaults are defined here only. */
    public static final RobustOptions DEFAULT = new RobustOptions(RobustMethod.NONE, 0.3);

    public RobustOptions {
        Require.that(
                trim > 0 && trim <= GREATEST_TRIM,
                "trim is %s, expected a number above 0 and at most " + GREATEST_TRIM,
                trim);
    }

    /** Returns whether rows are left out. */
    public boolean isPresent() {
        return method != RobustMethod.NONE;
    }
}
