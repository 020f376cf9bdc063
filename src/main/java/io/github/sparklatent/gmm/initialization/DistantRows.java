package io.github.sparklatent.gmm.initialization;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.em.RowScore;
import org.ejml.data.DMatrixRMaj;

/**
 * Draws distinct rows without replacement. The chance of a row grows with its weight times its squared distance to the
 * nearest centre. This is the oversampling of k-means|| (Bahmani et al. 2012, algorithm 2) with a fixed number of
 * draws.
 *
 * @param centres k × d. Not to be modified.
 * @param key key of the random stream
 */
public record DistantRows(DMatrixRMaj centres, long key) implements RowScore {
    @Override
    public Scorer scorer() {
        CentreSearch search = new CentreSearch(centres);
        return (block, scores) -> {
            int d = block.width();
            search.search(block.rows());
            for (int i = 0; i < block.size(); i++) {
                double distance = search.squaredDistance(i);
                double u = RandomStreams.uniform(key, RandomStreams.hash(block.rows().data, i * d, d));
                scores[i] = distance > 0 ? -StrictMath.log(u) / (block.weight(i) * distance) : Double.POSITIVE_INFINITY;
            }
        };
    }
}
