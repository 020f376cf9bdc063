package io.github.sparklatent.learn.averaging;

import io.github.sparklatent.learn.PackedFloats;
import io.github.sparklatent.learn.objective.StochasticObjective;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Computes the means of an objective's measures over all rows under one or more parameter vectors.
 *
 * <p>Random numbers depend on the rows only. Evaluations of one data set thus use the same noise, so that only the
 * parameters cause differences between them.
 *
 * <p>The vector of sums has Σ w_i measure_ij for each parameter vector, then Σ w_i.
 *
 * @param objective objective to evaluate
 * @param candidates parameter vectors, which all tasks of a process share
 */
public record Evaluation(StochasticObjective objective, List<PackedFloats> candidates) implements PartitionWork {
    private static final int BATCH = 128;
    private static final float[] NOTHING = {};

    public Evaluation {
        candidates = List.copyOf(candidates);
    }

    /** Creates the evaluation of parameter vectors, which are kept and not modified. */
    public static Evaluation of(StochasticObjective objective, List<float[]> candidates) {
        return new Evaluation(
                objective, candidates.stream().map(PackedFloats::of).toList());
    }

    /** Evaluates in one traversal of the data; returns the means of each parameter vector. */
    public List<List<Double>> means(Shards shards, String description) {
        return means(shards.run(description, this));
    }

    List<List<Double>> means(Shards.Result result) {
        int measures = objective.measures().size();
        double weight = result.sums()[sums() - 1];
        List<List<Double>> means = new ArrayList<>();
        for (int c = 0; c < candidates.size(); c++) {
            List<Double> own = new ArrayList<>();
            for (int j = 0; j < measures; j++) {
                own.add(result.sums()[c * measures + j] / weight);
            }
            means.add(List.copyOf(own));
        }
        return means;
    }

    @Override
    public int sums() {
        return candidates.size() * objective.measures().size() + 1;
    }

    @Override
    public PartitionResult run(int partition, PartitionRows rows) {
        int measures = objective.measures().size();
        int height = Math.min(BATCH, rows.size());
        List<float[]> vectors = candidates.stream().map(PackedFloats::values).toList();
        double[] sums = new double[sums()];
        double[] own = new double[measures];
        StochasticObjective.Worker worker = objective.worker(height);
        rows.forEachBatch(height, (batch, weights) -> {
            for (int c = 0; c < vectors.size(); c++) {
                Arrays.fill(own, 0);
                worker.evaluate(vectors.get(c), batch, weights, own);
                for (int j = 0; j < measures; j++) {
                    sums[c * measures + j] += own[j];
                }
            }
        });
        sums[sums.length - 1] = rows.weight();
        return new PartitionResult(rows.weight(), NOTHING, sums);
    }
}
