package io.github.sparklatent.ml.bayesian;

import io.github.sparklatent.inference.BayesianModel;
import io.github.sparklatent.inference.ModelSettings;
import io.github.sparklatent.inference.Parameters;
import io.github.sparklatent.inference.Transforms;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/** Densities of a user, as a configuration names them. */
public final class OwnDensities {
    private OwnDensities() {}

    /** Rows N(θ, 1) of one column, θ ~ N(0, 1); no gradients. */
    public static class Mean implements BayesianModel {
        private static final long serialVersionUID = 1L;

        @Override
        public Parameters parameters() {
            return Parameters.NONE.with("mean", Transforms.real(1));
        }

        @Override
        public boolean hasGradients() {
            return false;
        }

        @Override
        public double logPrior(double[] theta, double[] gradient) {
            return -0.5 * (theta[0] * theta[0] + Math.log(2 * Math.PI));
        }

        @Override
        public Likelihood likelihood(DMatrixRMaj draws) {
            return (block, logDensities, gradients) -> {
                for (int s = 0; s < draws.numRows; s++) {
                    for (int i = 0; i < block.size(); i++) {
                        double e = block.rows().get(i, 0) - draws.get(s, 0);
                        logDensities.set(s, i, -0.5 * (e * e + Math.log(2 * Math.PI)));
                    }
                }
            };
        }
    }

    /** Fails in a task. */
    public static final class Failing extends Mean {
        private static final long serialVersionUID = 1L;

        @Override
        public Likelihood likelihood(DMatrixRMaj draws) {
            return (block, logDensities, gradients) -> {
                throw new ArrayIndexOutOfBoundsException("index 9");
            };
        }
    }

    /** Fails when it is created. */
    public static final class Refusing extends Mean {
        private static final long serialVersionUID = 1L;

        public Refusing(List<String> columns, ModelSettings settings) {
            throw new IllegalArgumentException("needs one column, found " + columns);
        }
    }

    /** Has no constructor that fits. */
    public static final class Unmakeable extends Mean {
        private static final long serialVersionUID = 1L;

        public Unmakeable(int number) {}
    }

    /** Must never be run, because it is no density. */
    public static final class NoDensity {
        static {
            System.setProperty("sparklatent.test.noDensity", "was run");
        }
    }
}
