package io.github.sparklatent.gmm.initialization;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.em.RowScore;

/**
 * Draws distinct rows without replacement, each with a chance that grows with its weight: the
 * smallest −log(u) / w, u a function of a key and of the row's content (Efraimidis and Spirakis
 * 2006).
 *
 * @param key of the stream
 */
public record RandomRows(long key) implements RowScore {
    @Override
    public Scorer scorer() {
        return (block, scores) -> {
            int d = block.width();
            for (int i = 0; i < block.size(); i++) {
                double u =
                        RandomStreams.uniform(key, RandomStreams.hash(block.rows().data, i * d, d));
                scores[i] = -StrictMath.log(u) / block.weight(i);
            }
        };
    }
}
