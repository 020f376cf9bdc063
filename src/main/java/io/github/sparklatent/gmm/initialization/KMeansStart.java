package io.github.sparklatent.gmm.initialization;

import io.github.sparklatent.gmm.em.LikelihoodExpectation;
import io.github.sparklatent.gmm.em.StatisticsLayout;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.em.EmListener;
import io.github.sparklatent.learn.em.EmLoop;
import io.github.sparklatent.learn.em.EmState;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.RowScore;
import io.github.sparklatent.learn.em.SelectedRow;
import io.github.sparklatent.learn.em.StoppingRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;

/**
 * Finds centres by k-means|| and Lloyd's algorithm.
 *
 * <p>Bahmani, Moseley, Vattani, Kumar and Vassilvitskii, Scalable K-Means++, VLDB 2012. A few traversals each draw 2 k
 * candidates by their squared distance to the earlier candidates. One more traversal weights each candidate by the rows
 * nearest to it. Then k-means++ (Arthur and Vassilvitskii 2007) chooses k of the weighted candidates in memory.
 */
public final class KMeansStart {
    private static final int DRAWS = 2;
    private static final int OVERSAMPLING = 2;
    private static final int LOCAL_ROUNDS = 30;

    /** Most rounds of Lloyd's algorithm. */
    private static final int ROUNDS = 20;

    /**
     * Share of the mean squared distance to the candidates; less gain ends Lloyd's algorithm. EM moves the centres on.
     */
    private static final double TOLERANCE = 1e-3;

    private final RowBlocks data;
    private final int components;
    private final long seed;
    private final int restart;
    private final BooleanSupplier over;

    /**
     * Creates the search for the centres of one restart.
     *
     * @param over says whether the rounds of Lloyd's algorithm end early
     */
    public KMeansStart(RowBlocks data, int components, long seed, int restart, BooleanSupplier over) {
        this.data = data;
        this.components = components;
        this.seed = seed;
        this.restart = restart;
        this.over = over;
    }

    /** Returns the centres, k × d. */
    public DMatrixRMaj centres() {
        List<double[]> candidates = new ArrayList<>();
        draw(0, new RandomRows(key(0)), 1, candidates);
        for (int draw = 1; draw <= DRAWS; draw++) {
            draw(draw, new DistantRows(matrix(candidates), key(draw)), OVERSAMPLING * components, candidates);
        }
        DMatrixRMaj drawn = matrix(candidates);
        double[] sums = data.sums(
                        "k-means|| K=" + components + ", weighing", new LikelihoodExpectation(new NearestCentre(drawn)))
                .sums();
        double[] weights = Arrays.copyOfRange(sums, StatisticsLayout.SIZES, sums.length);
        RandomGenerator random = RandomStreams.of(seed, Purpose.CENTRES, components, restart);
        DMatrixRMaj start = new WeightedKMeans(drawn, weights, random).centres(components, LOCAL_ROUNDS);
        KMeans problem = new KMeans(components);
        double least = -TOLERANCE * problem.objective(sums);
        // Without a distance, or if its square overflows, the loop itself ends or says so.
        StoppingRule stopping =
                new StoppingRule(ROUNDS, least > 0 && Double.isFinite(least) ? least : Double.MIN_VALUE);
        return EmLoop.run(problem, data, EmState.start(start), stopping, EmListener.endingWhen(over))
                .model();
    }

    private long key(int draw) {
        return RandomStreams.key(seed, Purpose.CANDIDATES, components, restart, draw);
    }

    private void draw(int draw, RowScore score, int count, List<double[]> candidates) {
        data.smallest("k-means|| K=%d, draw %d of %d".formatted(components, draw, DRAWS), score, count).stream()
                .map(SelectedRow::values)
                .forEach(candidates::add);
    }

    private static DMatrixRMaj matrix(List<double[]> rows) {
        return new DMatrixRMaj(rows.toArray(double[][]::new));
    }

    /**
     * Draws distinct rows without replacement. The chance of a row grows with its weight times its squared distance to
     * the nearest centre. This is the oversampling of k-means|| (Bahmani et al. 2012, algorithm 2) with a fixed number
     * of draws.
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
                    scores[i] =
                            distance > 0 ? -StrictMath.log(u) / (block.weight(i) * distance) : Double.POSITIVE_INFINITY;
                }
            };
        }
    }
}
