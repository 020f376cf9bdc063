package io.github.sparklatent.learn.averaging;

import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.learn.objective.StochasticObjective.Position;
import org.ejml.data.FMatrixRMaj;

/** A worker of two functions. */
public record ToyWorker(Step step, Measures measures) implements StochasticObjective.Worker {
    /** Computes a gradient. */
    public interface Step {
        void gradient(
                float[] parameters, FMatrixRMaj rows, float[] weights, Position at, float[] gradient, double[] sums);
    }

    /** Adds measures. */
    public interface Measures {
        void evaluate(float[] parameters, FMatrixRMaj rows, float[] weights, double[] sums);
    }

    @Override
    public void gradient(
            float[] parameters, FMatrixRMaj rows, float[] weights, Position at, float[] gradient, double[] sums) {
        step.gradient(parameters, rows, weights, at, gradient, sums);
    }

    @Override
    public void evaluate(float[] parameters, FMatrixRMaj rows, float[] weights, double[] sums) {
        measures.evaluate(parameters, rows, weights, sums);
    }
}
