package io.github.sparklatent.gmm;

import io.github.sparklatent.learn.RandomStreams;
import java.util.Arrays;

/**
 * Uniform random shares, normalised: a function of a key and of the row's content, so equal rows
 * are shared out alike wherever they stand.
 *
 * @param components k
 * @param key of the stream
 */
record RandomResponsibilities(int components, long key) implements Responsibilities {
    @Override
    public Assigner assigner() {
        return (block, responsibilities, logLikelihoods) -> {
            int d = block.width();
            responsibilities.reshape(block.size(), components);
            Arrays.fill(logLikelihoods, 0, block.size(), 0);
            for (int i = 0; i < block.size(); i++) {
                long hash = RandomStreams.hash(block.rows().data, i * d, d);
                double sum = 0;
                for (int k = 0; k < components; k++) {
                    double share = RandomStreams.uniform(key + k, hash);
                    responsibilities.data[i * components + k] = share;
                    sum += share;
                }
                for (int k = 0; k < components; k++) {
                    responsibilities.data[i * components + k] /= sum;
                }
            }
        };
    }
}
