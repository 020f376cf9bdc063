package io.github.sparklatent.gmm.em;

import io.github.sparklatent.gmm.model.CovarianceType;
import org.junit.jupiter.api.Nested;

/** Every type of covariance, its components near each other and a thousand deviations apart. */
class MixtureExpectationTest {
    @Nested
    class Full extends MixtureExpectationContract {
        Full() {
            super(CovarianceType.FULL, 0.5, true, true);
        }
    }

    @Nested
    class FullFarApart extends MixtureExpectationContract {
        FullFarApart() {
            super(CovarianceType.FULL, 1e3, false, false);
        }
    }

    @Nested
    class Tied extends MixtureExpectationContract {
        Tied() {
            super(CovarianceType.TIED, 0.5, true, true);
        }
    }

    @Nested
    class TiedFarApart extends MixtureExpectationContract {
        TiedFarApart() {
            super(CovarianceType.TIED, 1e3, false, true);
        }
    }

    @Nested
    class Diagonal extends MixtureExpectationContract {
        Diagonal() {
            super(CovarianceType.DIAGONAL, 0.5, true, true);
        }
    }

    @Nested
    class DiagonalFarApart extends MixtureExpectationContract {
        DiagonalFarApart() {
            super(CovarianceType.DIAGONAL, 1e3, false, true);
        }
    }

    @Nested
    class Spherical extends MixtureExpectationContract {
        Spherical() {
            super(CovarianceType.SPHERICAL, 0.5, true, false);
        }
    }

    @Nested
    class SphericalFarApart extends MixtureExpectationContract {
        SphericalFarApart() {
            super(CovarianceType.SPHERICAL, 1e3, false, true);
        }
    }
}
