package io.github.sparklatent.vae.objective;

import io.github.sparklatent.settings.Rules;
import io.github.sparklatent.settings.Setting;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.io.Serializable;

/**
 * The options of {@link ClusteringObjective}.
 *
 * @param samples L, the number of samples of z that are drawn for each row
 * @param binarize whether each value, in [0, 1], is drawn as 0 or 1 each time its row is used; for the bernoulli
 *     likelihood only
 * @param information weight of the batch's mutual information of row and component, which training raises; 0 is the
 *     paper's model. The mutual information favours components of equal size
 */
@RecordBuilder
public record ClusteringOptions(
        @Setting(as = VariationalOptions.class) int samples,
        @Setting(as = VariationalOptions.class) boolean binarize,

        @Setting(
                key = "model.informationWeight",
                meaning = "weight of the mutual information of row and cluster in the objective; 0: the paper's model",
                range = ">= 0")
        double information)
        implements ClusteringOptionsBuilder.With, Serializable {
    /** The default options: the bound of Jiang et al. 2017. Defaults are defined here only. */
    public static final ClusteringOptions DEFAULT = new ClusteringOptions(1, false, 0);

    public ClusteringOptions {
        Rules.of(ClusteringOptions.class)
                .range("samples", samples)
                .range("information", information)
                .check();
    }
}
