package io.github.sparklatent.vae.objective;

import io.github.sparklatent.settings.Rules;
import io.github.sparklatent.settings.Setting;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.io.Serializable;
import java.util.List;

/**
 * The options of {@link ClusteringObjective}.
 *
 * @param samples L, the number of samples of z that are drawn for each row
 * @param binarize whether each value, in [0, 1], is drawn as 0 or 1 each time its row is used; for the bernoulli
 *     likelihood only
 * @param information weight of the batch's mutual information of row and component, which training raises; 0 is the
 *     paper's model. The mutual information favours components of the expected sizes
 * @param shares expected shares of the components, K numbers above 0; none: components of equal size
 */
@RecordBuilder
public record ClusteringOptions(
        @Setting(as = VariationalOptions.class) int samples,
        @Setting(as = VariationalOptions.class) boolean binarize,

        @Setting(
                key = "model.informationWeight",
                meaning = "weight of the mutual information of row and cluster in the"
                        + " objective; 0: the paper's model",
                range = ">= 0")
        double information,

        @Setting(
                key = "model.clusterShares",
                meaning = "shares of the rows that the clusters should have, one for each" + " component",
                range = "> 0",
                absent = "clusters of similar size are preferred")
        List<Double> shares)
        implements ClusteringOptionsBuilder.With, Serializable {
    /** The default options: the bound of Jiang et al. 2017. Defaults are defined here only. */
    public static final ClusteringOptions DEFAULT = new ClusteringOptions(1, false, 0, List.of());

    public ClusteringOptions {
        Rules rules =
                Rules.of(ClusteringOptions.class).range("samples", samples).range("information", information);
        shares.forEach(share -> rules.range("shares", share));
        rules.check();
        shares = List.copyOf(shares);
    }
}
