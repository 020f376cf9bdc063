package io.github.sparklatent.ml.network.keys;

import io.github.sparklatent.settings.Rules;
import io.github.sparklatent.settings.Setting;

/** The clusters of the codes of a network whose prior has no components. */
public record CodeClusters(
        @Setting(
                key = "model.cluster",
                meaning = "clusters of latent codes, as a mixture after the training; 0: none",
                range = ">= 0")
        int count) {
    /** No clusters. Defaults are defined here only. */
    public static final CodeClusters DEFAULT = new CodeClusters(0);

    public CodeClusters {
        Rules.of(CodeClusters.class)
                .range("count", count)
                .refuse(count == 1, "count", "is 1, expected 0 or at least 2: all rows would be in one cluster")
                .check();
    }
}
