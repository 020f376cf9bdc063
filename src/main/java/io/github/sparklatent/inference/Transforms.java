package io.github.sparklatent.inference;

import io.github.sparklatent.learn.Require;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The transforms of parameters. */
public final class Transforms {
    /** Follows the name of a covariance or precision in the names of the elements of its factor. */
    private static final String CHOLESKY = ".cholesky[";

    private Transforms() {}

    /** Returns sentences that explain names of quantities, one for each kind of name. */
    public static List<String> explanations(List<String> names) {
        return names.stream().anyMatch(name -> name.contains(CHOLESKY))
                ? List.of("M%si,j] is the element in row i and column j of the lower triangle L of M = L Lᵀ"
                        .formatted(CHOLESKY))
                : List.of();
    }

    /** Returns the identity on n real numbers. */
    public static Transform real(int n) {
        return new Real(n);
    }

    /** Returns the transform to n positive numbers, y = exp(u). */
    public static Transform positive(int n) {
        return new Positive(n);
    }

    /** Returns the transform to k positive numbers that sum to 1: the softmax of k − 1 numbers and a last one of 0. */
    public static Transform simplex(int k) {
        return new Simplex(k);
    }

    /**
     * Returns the transform to a covariance (or precision) Σ = L Lᵀ of d columns. The values are the lower triangle of
     * L by rows. u is the same triangle with logarithms on the diagonal. The log Jacobian is that of the map from u to
     * the lower triangle of Σ, so a prior is a density of Σ.
     */
    public static Transform covariance(int d) {
        return new Covariance(d);
    }

    private static List<String> indexed(String name, int n) {
        return n == 1
                ? List.of(name)
                : IntStream.range(0, n).mapToObj(i -> name + "[" + i + "]").toList();
    }

    private static void requirePositive(String name, int count) {
        Require.that(count >= 1, "%s is %d, expected at least 1", name, count);
    }

    private record Real(int free) implements Transform {
        Real {
            requirePositive("the number of real parameters", free);
        }

        @Override
        public int size() {
            return free;
        }

        @Override
        public List<String> names(String name) {
            return indexed(name, free);
        }

        @Override
        public double constrain(double[] theta, int from, double[] values, int to) {
            System.arraycopy(theta, from, values, to, free);
            return 0;
        }

        @Override
        public void pullBack(double[] theta, int from, double[] gradient, int at, double[] sums) {
            for (int i = 0; i < free; i++) {
                sums[from + i] += gradient[at + i];
            }
        }

        @Override
        public void addJacobianGradient(double[] theta, int from, double[] sums) {}
    }

    private record Positive(int free) implements Transform {
        Positive {
            requirePositive("the number of positive parameters", free);
        }

        @Override
        public int size() {
            return free;
        }

        @Override
        public List<String> names(String name) {
            return indexed(name, free);
        }

        @Override
        public double constrain(double[] theta, int from, double[] values, int to) {
            double logJacobian = 0;
            for (int i = 0; i < free; i++) {
                values[to + i] = StrictMath.exp(theta[from + i]);
                logJacobian += theta[from + i];
            }
            return logJacobian;
        }

        @Override
        public void pullBack(double[] theta, int from, double[] gradient, int at, double[] sums) {
            for (int i = 0; i < free; i++) {
                sums[from + i] += gradient[at + i] * StrictMath.exp(theta[from + i]);
            }
        }

        @Override
        public void addJacobianGradient(double[] theta, int from, double[] sums) {
            for (int i = 0; i < free; i++) {
                sums[from + i] += 1;
            }
        }
    }

    /** The determinant of ∂(y_1 ... y_{k−1})/∂u is the product of all y. */
    private record Simplex(int size) implements Transform {
        Simplex {
            requirePositive("the number of shares", size);
        }

        @Override
        public int free() {
            return size - 1;
        }

        @Override
        public List<String> names(String name) {
            return indexed(name, size);
        }

        @Override
        public double constrain(double[] theta, int from, double[] values, int to) {
            double greatest = 0;
            for (int i = 0; i < size - 1; i++) {
                greatest = Math.max(greatest, theta[from + i]);
            }
            double sum = 0;
            double logs = 0;
            for (int i = 0; i < size; i++) {
                double log = (i < size - 1 ? theta[from + i] : 0) - greatest;
                values[to + i] = StrictMath.exp(log);
                sum += values[to + i];
                logs += log;
            }
            for (int i = 0; i < size; i++) {
                values[to + i] /= sum;
            }
            return logs - size * StrictMath.log(sum);
        }

        private double[] shares(double[] theta, int from) {
            double[] shares = new double[size];
            constrain(theta, from, shares, 0);
            return shares;
        }

        @Override
        public void pullBack(double[] theta, int from, double[] gradient, int at, double[] sums) {
            double[] shares = shares(theta, from);
            double mean = 0;
            for (int i = 0; i < size; i++) {
                mean += shares[i] * gradient[at + i];
            }
            for (int i = 0; i < size - 1; i++) {
                sums[from + i] += shares[i] * (gradient[at + i] - mean);
            }
        }

        @Override
        public void addJacobianGradient(double[] theta, int from, double[] sums) {
            double[] shares = shares(theta, from);
            for (int i = 0; i < size - 1; i++) {
                sums[from + i] += 1 - size * shares[i];
            }
        }
    }

    /**
     * |∂Σ/∂L| is 2^d Π_i L_ii^(d−i) with i from 0 (Stan Reference Manual, Covariance matrices), and ∂L_ii/∂u_ii = L_ii.
     */
    private record Covariance(int dimension) implements Transform {
        Covariance {
            requirePositive("the number of columns of a covariance", dimension);
        }

        @Override
        public int free() {
            return dimension * (dimension + 1) / 2;
        }

        @Override
        public int size() {
            return free();
        }

        @Override
        public List<String> names(String name) {
            List<String> names = new ArrayList<>();
            for (int i = 0; i < dimension; i++) {
                for (int j = 0; j <= i; j++) {
                    names.add("%s%s%d,%d]".formatted(name, CHOLESKY, i, j));
                }
            }
            return names;
        }

        @Override
        public double constrain(double[] theta, int from, double[] values, int to) {
            System.arraycopy(theta, from, values, to, free());
            double logJacobian = dimension * StrictMath.log(2);
            for (int i = 0; i < dimension; i++) {
                int diagonal = diagonal(i);
                values[to + diagonal] = StrictMath.exp(theta[from + diagonal]);
                logJacobian += (dimension - i + 1) * theta[from + diagonal];
            }
            return logJacobian;
        }

        @Override
        public void pullBack(double[] theta, int from, double[] gradient, int at, double[] sums) {
            double[] factors = new double[free()];
            Arrays.fill(factors, 1);
            for (int i = 0; i < dimension; i++) {
                factors[diagonal(i)] = StrictMath.exp(theta[from + diagonal(i)]);
            }
            for (int i = 0; i < factors.length; i++) {
                sums[from + i] += factors[i] * gradient[at + i];
            }
        }

        @Override
        public void addJacobianGradient(double[] theta, int from, double[] sums) {
            for (int i = 0; i < dimension; i++) {
                sums[from + diagonal(i)] += dimension - i + 1;
            }
        }

        private static int diagonal(int i) {
            return i * (i + 3) / 2;
        }
    }
}
