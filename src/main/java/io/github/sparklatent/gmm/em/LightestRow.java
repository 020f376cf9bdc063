package io.github.sparklatent.gmm.em;

import io.github.sparklatent.learn.em.RowScore;

/** Scores rows by their weight; the smallest score is the smallest weight. */
record LightestRow() implements RowScore {
    @Override
    public Scorer scorer() {
        return (block, scores) -> {
            for (int i = 0; i < block.size(); i++) {
                scores[i] = block.weight(i);
            }
        };
    }
}
