package io.github.sparklatent.inference;

import io.github.sparklatent.learn.Require;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** The quantities of a model in their order, and the real numbers θ that they are computed from. Immutable. */
public final class Parameters implements Serializable {
    private static final long serialVersionUID = 1L;

    /** No parameters; {@link #with} adds some. */
    public static final Parameters NONE = new Parameters(List.of(), List.of(), 0, 0);

    private final ArrayList<Transform> transforms;
    private final ArrayList<String> names;
    private final int free;
    private final int size;

    private Parameters(List<Transform> transforms, List<String> names, int free, int size) {
        this.transforms = new ArrayList<>(transforms);
        this.names = new ArrayList<>(names);
        this.free = free;
        this.size = size;
    }

    /** Returns these parameters and, after them, the values of a transform. */
    public Parameters with(String name, Transform transform) {
        return with(transform.names(name), transform);
    }

    /**
     * Returns these parameters and, after them, the values of a transform.
     *
     * @param ofValues name of each value
     */
    public Parameters with(List<String> ofValues, Transform transform) {
        Require.size("names of the values of a transform", ofValues.size(), transform.size());
        List<Transform> longer = new ArrayList<>(transforms);
        longer.add(transform);
        List<String> more = new ArrayList<>(names);
        more.addAll(ofValues);
        return new Parameters(longer, more, free + transform.free(), size + transform.size());
    }

    /** Returns p, the number of unconstrained parameters θ. */
    public int free() {
        return free;
    }

    public int size() {
        return size;
    }

    public List<String> names() {
        return List.copyOf(names);
    }

    /**
     * Computes the constrained values.
     *
     * @param theta p numbers. Not modified.
     * @param values {@link #size} numbers. Overwritten.
     * @return the log Jacobian of the transforms
     */
    public double constrain(double[] theta, double[] values) {
        Require.size("unconstrained parameters", theta.length, free);
        double logJacobian = 0;
        int from = 0;
        int to = 0;
        for (Transform transform : transforms) {
            logJacobian += transform.constrain(theta, from, values, to);
            from += transform.free();
            to += transform.size();
        }
        return logJacobian;
    }

    /**
     * Adds derivatives with respect to θ, given those with respect to the constrained values: the chain rule, without
     * the log Jacobian.
     *
     * @param theta p numbers. Not modified.
     * @param gradient derivatives with respect to the values. Not modified.
     * @param sums p numbers. Modified.
     */
    public void pullBack(double[] theta, double[] gradient, double[] sums) {
        int from = 0;
        int at = 0;
        for (Transform transform : transforms) {
            transform.pullBack(theta, from, gradient, at, sums);
            from += transform.free();
            at += transform.size();
        }
    }

    /**
     * Adds the derivatives of the log Jacobian with respect to θ.
     *
     * @param theta p numbers. Not modified.
     * @param sums p numbers. Modified.
     */
    public void addJacobianGradient(double[] theta, double[] sums) {
        int from = 0;
        for (Transform transform : transforms) {
            transform.addJacobianGradient(theta, from, sums);
            from += transform.free();
        }
    }
}
