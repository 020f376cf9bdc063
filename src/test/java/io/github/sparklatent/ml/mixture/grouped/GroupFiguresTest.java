package io.github.sparklatent.ml.mixture.grouped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.cluster.RowGroups;
import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.scoring.SizedCache;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class GroupFiguresTest {
    /** One component of one column: 2 free parameters. */
    private static final MixedMixture MIXTURE = MixedMixture.of(MixtureParameters.of(
            CovarianceType.FULL, new double[] {1}, new DMatrixRMaj(1, 1), List.of(new DMatrixRMaj(new double[][] {{1}
            }))));

    /** A group of twice as many rows as the weights, which are no counts, stand for. */
    private static GroupModel group(String key, long effectiveRows, double heldOutWeight, double own, double ofAll) {
        return new GroupModel(
                List.of(key),
                2 * effectiveRows,
                1,
                1,
                heldOutWeight,
                effectiveRows,
                null,
                null,
                new GroupModel.Fit(1, true, own, own, 0),
                ofAll,
                ofAll,
                MIXTURE);
    }

    private static GroupFigures figures(GroupModel... groups) {
        return new GroupFigures(
                new GroupColumns(List.of(new StructField("shop", DataTypes.StringType, true, null))),
                List.of(groups),
                new SmallGroups(List.of(new SmallGroups.Totals("few-rows", 3, 7, 7))));
    }

    /** The gain of the small group is greater only because its model has seen the same few rows. */
    @Test
    void theDifferenceHasThePenaltyOfBic() {
        GroupModel few = group("few", 20, 0, -1.0, -1.10);
        GroupModel many = group("many", 2000, 0, -1.0, -1.05);
        assertThat(many.gain()).isCloseTo(0.05 - Math.log(2000) / 2000, within(1e-12));
        assertThat(few.gain()).isNegative();
        assertThat(figures(few, many).by(GroupModel::gain)).containsExactly(many, few);
    }

    @Test
    void weightsBelowOneHaveAnEffectiveNumber() {
        Block rows = new Block(new DMatrixRMaj(2, 1), new double[] {0.5, 0.25}, 2);
        GroupModel group = new GroupFit(null, new MixedDensity(MIXTURE), 10, List.of("x"))
                .of(new RowGroups.Group(List.of("few"), 2, 0, 0.75, 0, List.of(rows), List.of(), false));
        assertThat(group.effectiveRows()).isCloseTo(1.8, within(1e-12)); // 0.75² / (0.5² + 0.25²)
    }

    @Test
    void heldOutRowsCountByTheirWeight() {
        Map<String, Object> json =
                figures(group("a", 100, 1, -1, -2), group("b", 100, 3, -2, -6)).json();
        assertThat(json)
                .containsEntry("holdoutMeanLogLikelihood", -1.75) // (1 + 3 · 2) / 4
                .containsEntry("allHoldoutMeanLogLikelihood", -5.0)
                .containsEntry("groups", 5L)
                .containsEntry("fallbacks", 3L);
    }

    /** The tasks of a process that read one broadcast have the same mixture. */
    @Test
    void theModelsOfAProcessShareTheirDensities() {
        GroupMixtures one = new GroupMixtures(MIXTURE, 0, List.of());
        GroupMixtures other = new GroupMixtures(MIXTURE, 0, List.of());
        List<String> key = List.of("any");
        assertThat(one.density(one.of(key))).isSameAs(other.density(other.of(key)));
    }

    @Test
    void theCacheKeepsTheLastValuesUpToASize() {
        List<Integer> computed = new ArrayList<>();
        SizedCache<Integer, Integer> cache = new SizedCache<>(10, value -> value);
        for (int key : new int[] {4, 5, 4, 3, 5, 4, 11, 11, 3}) {
            assertThat(cache.get(key, k -> {
                        computed.add(k);
                        return k;
                    }))
                    .isEqualTo(key);
        }
        // 3 removes 5, which was not used since 4; 5 then removes 4; 11 removes all
        assertThat(computed).containsExactly(4, 5, 3, 5, 4, 11, 3);
    }
}
