package io.github.sparklatent.mixture.em;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.Responsibilities;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * The E-step of Monte-Carlo EM (Wei and Tanner 1990): the responsibilities of a row are the shares of S components
 * drawn from its posterior. With S = 1 this is stochastic EM (Celeux and Diebolt 1985). The log-likelihoods stay exact.
 *
 * <p>The draws of a row depend on the key and on the content of all rows of the task up to it, so that a retry gives
 * the same draws and equal rows have draws of their own. A row that stands for w rows, as merged equal rows do, has w S
 * draws, but no more than {@value #MOST} or S: its shares then differ from the responsibilities by less than 0.02.
 *
 * @param posterior responsibilities to draw from
 * @param draws S, at least 1
 * @param key of the draws
 */
record DrawnResponsibilities(Responsibilities posterior, int draws, long key) implements Responsibilities {
    private static final int MOST = 1000;

    @Override
    public Assigner assigner() {
        return drawn(posterior.assigner());
    }

    @Override
    public Assigner assigner(MixedDensity.EvaluatedRows rows) {
        return drawn(posterior.assigner(rows));
    }

    private Assigner drawn(Assigner exact) {
        double[] uniforms = new double[Math.max(draws, MOST)];
        long[] chain = {key};
        return (block, responsibilities, logLikelihoods) -> {
            exact.assign(block, responsibilities, logLikelihoods);
            int[] counts = new int[responsibilities.numRows];
            for (int i = 0; i < block.size(); i++) {
                chain[0] = next(chain[0], block, i);
                int number = (int) Math.max(draws, Math.min(MOST, Math.rint(draws * block.weight(i))));
                draw(chain[0], number, uniforms);
                count(responsibilities, i, uniforms, number, counts);
                for (int k = 0; k < counts.length; k++) {
                    responsibilities.unsafe_set(k, i, (double) counts[k] / number);
                }
            }
        };
    }

    /** Returns the key of the next row of a task. */
    private static long next(long before, Block block, int row) {
        int d = block.width();
        return RandomStreams.key(before, Purpose.COMPONENT_DRAW, RandomStreams.hash(block.rows().data, row * d, d));
    }

    /** Draws numbers in (0, 1), and sorts them. */
    private static void draw(long key, int number, double[] uniforms) {
        for (int draw = 0; draw < number; draw++) {
            uniforms[draw] = RandomStreams.uniform(key, draw);
        }
        Arrays.sort(uniforms, 0, number);
    }

    /** Counts the numbers that fall on each component's part of the unit interval. */
    private static void count(DMatrixRMaj responsibilities, int row, double[] uniforms, int number, int[] counts) {
        double end = 0;
        int at = 0;
        int likeliest = 0;
        for (int k = 0; k < counts.length; k++) {
            double share = responsibilities.unsafe_get(k, row);
            end += share;
            int from = at;
            while (at < number && uniforms[at] < end) {
                at++;
            }
            counts[k] = at - from;
            likeliest = share > responsibilities.unsafe_get(likeliest, row) ? k : likeliest;
        }
        // Rounding can leave the sum of all shares below the last numbers.
        counts[likeliest] += number - at;
    }
}
