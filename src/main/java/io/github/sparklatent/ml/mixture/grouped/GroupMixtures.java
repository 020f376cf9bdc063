package io.github.sparklatent.ml.mixture.grouped;

import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.scoring.SizedCache;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;

/**
 * The mixtures by group, as the workers need them. The tasks of a process share the densities that were used last. All
 * densities together may be far larger than the parameters: a count with a mean as its only parameter has a table of
 * thousands of levels.
 */
final class GroupMixtures implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Densities of all models of the process. They fill at most an eighth of its memory. */
    private static final SizedCache<MixedMixture, MixedDensity> DENSITIES = new SizedCache<>(
            Runtime.getRuntime().maxMemory() / 8,
            density -> density.bytes() + density.mixture().bytes());

    private static final int MIN_DRAWS = 1024;
    private static final int MAX_DRAWS = 8192;
    private static final int ALL_DRAWS = 1 << 17;

    private final Own all;
    private final HashMap<List<String>, Own> own = new HashMap<>();

    /**
     * A mixture with the mean log-likelihood of the training rows that it scores, in nats: those of the group, or all
     * rows for a group that has too few of its own.
     */
    static final class Own implements Serializable {
        private static final long serialVersionUID = 1L;

        private final MixedMixture mixture;
        private final double meanLogLikelihood;

        Own(MixedMixture mixture, double meanLogLikelihood) {
            this.mixture = mixture;
            this.meanLogLikelihood = meanLogLikelihood;
        }

        MixedMixture mixture() {
            return mixture;
        }

        double meanLogLikelihood() {
            return meanLogLikelihood;
        }
    }

    GroupMixtures(MixedMixture all, double meanLogLikelihood, List<GroupModel> groups) {
        this.all = new Own(all, meanLogLikelihood);
        for (GroupModel group : groups) {
            if (group.isOwn()) {
                own.put(group.key(), new Own(group.mixture(), group.fit().logLikelihood()));
            } else if (group.isCentred()) {
                own.put(group.key(), new Own(all, group.logLikelihoodOfAll()));
            }
        }
    }

    /** Returns the mixture that scores a group: its own, or that of all rows. */
    Own of(List<String> key) {
        return own.getOrDefault(key, all);
    }

    boolean isOwn(Own mixture) {
        return mixture.mixture() != all.mixture();
    }

    MixedMixture all() {
        return all.mixture();
    }

    /** Returns the density of a mixture, which is prepared unless a task has used it recently. */
    MixedDensity density(Own mixture) {
        return DENSITIES.get(mixture.mixture(), MixedDensity::inTask);
    }

    /**
     * Returns the number of rows that are drawn from a mixture to compare rows with missing cells. Fewer are drawn from
     * each of many mixtures: their errors cancel over the groups.
     */
    int draws() {
        return Math.max(MIN_DRAWS, Math.min(MAX_DRAWS, ALL_DRAWS / Math.max(1, own.size())));
    }

    /** Returns the greatest number of components of a mixture. */
    int components() {
        return Math.max(
                all.mixture().components(),
                own.values().stream()
                        .mapToInt(one -> one.mixture().components())
                        .max()
                        .orElse(0));
    }
}
