package io.github.sparklatent.ml.network.options;

import io.github.sparklatent.cluster.table.RowCheck;
import io.github.sparklatent.nn.Likelihood;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.model.Kind;

/**
 * What a network asks of a row: a value that its likelihood can give. No decoder and no generator
 * learns to make another. Rows that are only measured or scored may be any where the likelihood
 * does not measure them: a discriminator takes all.
 *
 * @param kind of the network
 * @param likelihood of its rows
 */
public record LikelihoodCheck(Kind kind, Likelihood likelihood) implements RowCheck {
    /** What a network that is trained asks. */
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
