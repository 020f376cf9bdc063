package io.github.sparklatent.scoring;

import io.github.sparklatent.columns.RowCheck;
import io.github.sparklatent.nn.likelihood.Likelihood;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.model.Kind;

/**
 * Checks that the likelihood of a network can produce a row, because a decoder or generator cannot learn any other row.
 * If the likelihood does not evaluate rows, as for a GAN, rows that are only evaluated or scored may have any values.
 *
 * @param kind the parts of the network
 * @param likelihood the likelihood of its rows
 */
public record LikelihoodCheck(Kind kind, Likelihood likelihood) implements RowCheck {
    /** Returns the check for the training rows of a network. */
    public static LikelihoodCheck of(TrainedNetwork network) {
        return new LikelihoodCheck(network.kind(), network.architecture().likelihood());
    }

    @Override
    public String flaw(double[] row) {
        return likelihood.flaw(row, j -> j);
    }

    @Override
    public RowCheck ofHeldOut() {
        return kind.hasDensity() ? this : RowCheck.NONE;
    }
}
