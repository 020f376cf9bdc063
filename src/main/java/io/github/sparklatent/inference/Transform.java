package io.github.sparklatent.inference;

import java.io.Serializable;
import java.util.List;

/**
 * A smooth map from real numbers u without bounds to values y that have bounds, one to one. {@link Transforms} has the
 * implementations.
 *
 * <p>A density p(y) of the values is the density p(y(u)) |∂y/∂u| of u. The determinant counts the values that vary
 * freely.
 */
public interface Transform extends Serializable {
    int free();

    int size();

    /** Returns the names of the values, made from the name of the whole. */
    List<String> names(String name);

    /**
     * Computes the values.
     *
     * @param theta u begins at {@code from}. Not modified.
     * @param values y begins at {@code to}. Modified there.
     * @return log |∂y/∂u|
     */
    double constrain(double[] theta, int from, double[] values, int to);

    /**
     * Adds derivatives with respect to u, given those with respect to y: the chain rule, without the log Jacobian.
     *
     * @param theta u begins at {@code from}. Not modified.
     * @param gradient derivatives with respect to y, which begin at {@code at}. Not modified.
     * @param sums derivatives with respect to u are added from {@code from} on. Modified there.
     */
    void pullBack(double[] theta, int from, double[] gradient, int at, double[] sums);

    /**
     * Adds the derivatives of log |∂y/∂u| with respect to u.
     *
     * @param theta u begins at {@code from}. Not modified.
     * @param sums derivatives with respect to u are added from {@code from} on. Modified there.
     */
    void addJacobianGradient(double[] theta, int from, double[] sums);
}
