package io.github.sparklatent.learn.em;

import java.util.List;

/** Vector operations of limited-memory BFGS (Nocedal and Wright 2006, section 7.2). */
final class QuasiNewton {
    private QuasiNewton() {}

    /**
     * Returns the ascent direction H r, where H is the BFGS matrix of the pairs, started from the identity (algorithm
     * 7.4). Without pairs it is r.
     *
     * @param residual r. Not modified.
     * @param steps oldest first. Not modified.
     * @param falls fall of the residual in each step; each product with its step must be above 0. Not modified.
     */
    static double[] direction(double[] residual, List<double[]> steps, List<double[]> falls) {
        double[] direction = residual.clone();
        double[] shares = new double[steps.size()];
        for (int i = shares.length - 1; i >= 0; i--) {
            shares[i] = dot(steps.get(i), direction) / dot(steps.get(i), falls.get(i));
            add(direction, -shares[i], falls.get(i));
        }
        for (int i = 0; i < shares.length; i++) {
            double share = dot(falls.get(i), direction) / dot(steps.get(i), falls.get(i));
            add(direction, shares[i] - share, steps.get(i));
        }
        return direction;
    }

    /**
     * Returns the gain still to come if the objective were a parabola that is as flat in all directions as in the
     * flattest of the steps: ½ |r|² / c.
     */
    static double gain(double[] residual, List<double[]> steps, List<double[]> falls) {
        // The complete data have curvature 1, and the rows alone have less.
        double curvature = 1;
        for (int i = 0; i < steps.size(); i++) {
            double[] step = steps.get(i);
            curvature = Math.min(curvature, dot(step, falls.get(i)) / dot(step, step));
        }
        return dot(residual, residual) / 2 / curvature;
    }

    static double[] minus(double[] a, double[] b) {
        double[] difference = a.clone();
        add(difference, -1, b);
        return difference;
    }

    /** Returns a + share b as a new array. */
    static double[] moved(double[] a, double share, double[] b) {
        double[] sum = a.clone();
        add(sum, share, b);
        return sum;
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static void add(double[] a, double share, double[] b) {
        for (int i = 0; i < a.length; i++) {
            a[i] += share * b[i];
        }
    }
}
