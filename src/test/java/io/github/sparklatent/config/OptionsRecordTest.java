package io.github.sparklatent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.settings.Rules;
import io.github.sparklatent.settings.Setting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OptionsRecordTest {
    enum Kind {
        FAST,
        SLOW
    }

    /** Options whose defaults depend on the kind. */
    record Speed(
            @Setting(key = "train.kind", meaning = "kind", presets = true)
            Kind kind,

            @Setting(
                    key = "train.rate",
                    meaning = "rate",
                    range = "> 0",
                    absent = "by kind",
                    onlyIf = "train.kind is SLOW, FAST or OTHER")
            double rate) {
        static final Speed DEFAULT = of(Kind.FAST);

        public static Speed of(Kind kind) {
            return new Speed(kind, kind == Kind.FAST ? 1 : 0.5);
        }
    }

    record All(
            @Setting(
                    key = "model.count",
                    meaning = "count",
                    range = ">= 1",
                    unit = "rows",
                    param = "k",
                    estimatorDefault = "2")
            int count,

            @Setting(key = "model.counts", meaning = "counts", range = ">= 1", emptyAs = "auto")
            List<Integer> counts,

            @Setting(key = "model.name", meaning = "name", absent = "none", noun = "a name")
            Optional<String> name,

            @Setting(key = "model.slowness", meaning = "slowness", onlyIf = "train.kind is SLOW")
            double slowness,

            @Setting(key = "model.never", meaning = "never", onlyIf = "train.kind is OTHER")
            double never,

            Speed speed,
            @Setting(key = "train.seed") long seed,
            String constant) {
        static final All DEFAULT = new All(3, List.of(), Optional.empty(), 1, 7, Speed.DEFAULT, 5, "own");

        All {
            Rules.of(All.class)
                    .refuse(count == 9, "count", "is 9, which is odd")
                    .refuse(speed.rate() == 4, "train.rate", "is 4, which is too fast")
                    .check();
        }
    }

    private static final ModelType TYPE = ModelTypeBuilder.builder()
            .type("all")
            .estimator("All")
            .words("all")
            .options(List.of(All.DEFAULT))
            .build();
    private static final Schema SCHEMA = new ModelTypes(List.of(TYPE)).schema(TYPE);

    @Test
    void eachComponentIsAKey() {
        assertThat(TYPE.keys())
                .extracting(Key::path)
                .containsExactly(
                        "model.count", "model.counts", "model.name", "model.slowness", "train.kind", "train.rate");
        Key<?> count = TYPE.keys().get(0);
        assertThat(count.preset()).isEqualTo(3);
        assertThat(count.estimatorPreset()).isEqualTo(2);
        assertThat(count.param()).isEqualTo("k");
        assertThat(count.unit()).isEqualTo("rows");
        assertThat(count.kind().allowed()).isEqualTo("an integer >= 1");
        assertThat(TYPE.keys().get(1).kind().allowed()).isEqualTo("an integer >= 1, or a list of these, or auto");
        assertThat(TYPE.keys().get(2).absent()).isEqualTo("none");
    }

    @Test
    void aConditionIsReducedToWhatIsPossible() {
        assertThat(TYPE.keys()).extracting(Key::onlyIf).containsExactly("", "", "", "train.kind is SLOW", "", "");
    }

    @Test
    void valuesThatAreNotGivenAreDefaults() {
        assertThat(settings(Map.of()).bind(All.DEFAULT))
                .isEqualTo(new All(3, List.of(), Optional.empty(), 1, 7, Speed.DEFAULT, 1, "own"));
    }

    @Test
    void givenValuesReplaceTheDefaultsOfTheirKind() {
        All bound = settings(Map.of("model.count", 4, "model.name", "x", "train.kind", Kind.SLOW))
                .bind(All.DEFAULT);
        assertThat(bound.count()).isEqualTo(4);
        assertThat(bound.name()).contains("x");
        assertThat(bound.speed()).isEqualTo(new Speed(Kind.SLOW, 0.5));
        assertThat(settings(Map.of("train.kind", Kind.SLOW, "train.rate", 3.0))
                        .bind(All.DEFAULT)
                        .speed())
                .isEqualTo(new Speed(Kind.SLOW, 3));
    }

    @Test
    void brokenRulesAreProblemsAtTheirValues() {
        Settings settings = settings(Map.of("model.count", 9, "train.rate", 4.0));
        assertThat(settings.conflicts())
                .extracting(Problem::toString)
                .containsExactly("test: model.count is 9, which is odd", "test: train.rate is 4, which is too fast");
        assertThatThrownBy(() -> settings.bind(All.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("test: model.count is 9, which is odd");
    }

    @Test
    void aValueWithoutEffectIsRefused() {
        assertThat(settings(Map.of("model.slowness", 2.0)).conflicts())
                .extracting(Problem::sentence)
                .containsExactly("model.slowness is 2, but it has no effect unless train.kind is SLOW:" + " remove it");
        assertThat(settings(Map.of("model.slowness", 1.0)).conflicts()).isEmpty();
        assertThat(settings(Map.of("model.slowness", 2.0, "train.kind", Kind.SLOW))
                        .conflicts())
                .isEmpty();
    }

    private static Settings settings(Map<String, Object> values) {
        return Settings.of(SCHEMA, "test", values);
    }
}
