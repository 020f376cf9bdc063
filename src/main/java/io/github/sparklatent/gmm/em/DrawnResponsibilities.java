package io.github.sparklatent.gmm.em;

import io.github.sparklatent.gmm.model.Responsibilities;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.linalg.Block;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * The E-step of Monte-Carlo EM (Wei and Tanner 1990): the responsibilities of a row are the shares
 * of S components drawn from its posterior. With S = 1 this is stochastic EM (Celeux and Diebolt
 * 1985). The log-likelihoods stay exact.
 *
 * <p>The draws of a row depend on the key and on the row's content, not on its place.
 *
 * @param posterior responsibilities to draw from
 * @param draws S, at least 1
 * @param key of the draws
 */
record DrawnResponsibilities(Responsibilities posterior, int draws, long key)
        implements Responsibilities {
    @Override
    public int components() {
        return posterior.components();
    }

    @Override
    public Assigner assigner() {
        Assigner exact = posterior.assigner();
        double[] places = new double[draws];
        int[] counts = new int[components()];
        return (block, responsibilities, logLikelihoods) -> {
            exact.assign(block, responsibilities, logLikelihoods);
            for (int i = 0; i < block.size(); i++) {
                place(block, i, places);
                count(responsibilities, i, places, counts);
                for (int k = 0; k < counts.length; k++) {
                    responsibilities.unsafe_set(k, i, (double) counts[k] / draws);
                }
            }
        };
    }

    /** Draws S numbers in (0, 1) for a row, and sorts them. */
    private void place(Block block, int row, double[] places) {
        int d = block.width();
        long hash = RandomStreams.hash(block.rows().data, row * d, d);
        for (int draw = 0; draw < draws; draw++) {
            places[draw] = RandomStreams.uniform(key + draw, hash);
        }
        Arrays.sort(places);
    }

    /** Counts the places that fall on each component's part of the unit interval. */
    private static void count(
            DMatrixRMaj responsibilities, int row, double[] places, int[] counts) {
        double end = 0;
        int at = 0;
        int likeliest = 0;
        for (int k = 0; k < counts.length; k++) {
            double share = responsibilities.unsafe_get(k, row);
            end += share;
            int from = at;
            while (at < places.length && places[at] < end) {
                at++;
            }
            counts[k] = at - from;
            likeliest = share > responsibilities.unsafe_get(likeliest, row) ? k : likeliest;
        }
        // Rounding can leave the sum of all shares below a place.
        counts[likeliest] += places.length - at;
    }
}
