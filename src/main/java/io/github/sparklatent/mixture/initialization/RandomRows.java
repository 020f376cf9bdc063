package io.github.sparklatent.mixture.initialization;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.em.RowScore;

/**
 * Draws distinct rows without replacement. The chance of a row grows with its weight. The rows with the smallest
 * −log(u) / w are drawn, where u is a function of a key and of the content of the row (Efraimidis and Spirakis 2006).
 *
 * @param key key of the random stream
 */
public record RandomRows(long key) implements RowScore {
    @Override
    public Scorer scorer(int partition) {
        return (block, scores) -> {
            int d = block.width();
            for (int i = 0; i < block.size(); i++) {
                long hash = RandomStreams.hash(block.rows().data, i * d, d);
                scores[i] = -StrictMath.log(RandomStreams.uniform(key, hash)) / block.weight(i);
            }
        };
    }
}
