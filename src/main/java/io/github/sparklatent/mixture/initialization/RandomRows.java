package io.github.sparklatent.mixture.initialization;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.em.RowScore;
import org.ejml.data.DMatrixRMaj;

/**
 * Draws distinct rows without replacement. The chance of a row grows with its weight and, if there are centres, with
 * its squared distance to the nearest of them, which is the oversampling of k-means|| (Bahmani et al. 2012, algorithm
 * 2) with a fixed number of draws. The rows with the smallest −log(u) / w are drawn, where u is a function of a key and
 * of the content of the row (Efraimidis and Spirakis 2006).
 *
 * @param key key of the random stream
 * @param centres k × d, or null. Not to be modified.
 */
public record RandomRows(long key, DMatrixRMaj centres) implements RowScore {
    public RandomRows(long key) {
        this(key, null);
    }

    @Override
    public Scorer scorer(int partition) {
        CentreSearch search = centres == null ? null : new CentreSearch(centres);
        return (block, scores) -> {
            int d = block.width();
            if (search != null) {
                search.search(block.rows());
            }
            for (int i = 0; i < block.size(); i++) {
                double distance = search == null ? 1 : search.squaredDistance(i);
                double u = RandomStreams.uniform(key, RandomStreams.hash(block.rows().data, i * d, d));
                scores[i] = distance > 0 ? -StrictMath.log(u) / (block.weight(i) * distance) : Double.POSITIVE_INFINITY;
            }
        };
    }
}
