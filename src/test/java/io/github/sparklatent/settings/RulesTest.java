package io.github.sparklatent.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {
    enum Color {
        RED,
        GREEN,
        BLUE
    }

    record Paint(
            @Setting(
                    key = "model.color",
                    meaning = "color",
                    values = {"RED", "GREEN"})
            Color color,

            @Setting(key = "train.share", meaning = "share", range = "> 0 and <= 1")
            double share,

            @Setting(key = "train.coats", meaning = "coats", range = ">= 1")
            int coats) {
        Paint {
            Rules.of(Paint.class)
                    .constant("color", color)
                    .range("share", share)
                    .range("coats", coats)
                    .refuse(color == Color.RED && coats > 2, "color", "is red on %d coats", coats)
                    .check();
        }
    }

    record Glaze(
            @Setting(as = Paint.class, meaning = "share of glaze")
            double share,

            @Setting(as = Paint.class, range = ">= 3") int coats) {}

    @ParameterizedTest
    @CsvSource({
        "> 0 and <= 1, 0, false",
        "> 0 and <= 1, 1, true",
        ">= 0, 0, true",
        ">= 0 and < 1, 1, false",
        "'', -1e300, true",
        "'', NaN, false",
        "'', Infinity, false",
        ">= 0, NaN, false",
        ">= 0, Infinity, false",
    })
    void aRangeContainsFiniteNumbersBetweenItsBounds(String range, double value, boolean inside) {
        assertThat(Range.of(range).contains(value)).isEqualTo(inside);
    }

    @Test
    void allBrokenRulesAreNamedByTheirKeys() {
        assertThatThrownBy(() -> new Paint(Color.BLUE, Double.NaN, 0))
                .hasMessage("model.color is BLUE, must be RED or GREEN; train.share is NaN, must be a"
                        + " number > 0 and <= 1; train.coats is 0, must be an integer >= 1")
                .asInstanceOf(type(Rules.RulesException.class))
                .satisfies(e -> assertThat(e.broken()).hasSize(3));
        assertThatThrownBy(() -> new Paint(Color.RED, 1, 3)).hasMessage("model.color is red on 3 coats");
        assertThat(new Paint(Color.RED, 1, 2).coats()).isEqualTo(2);
    }

    @Test
    void aDeclarationTakesOverWhatItDoesNotSay() {
        Declaration share = declaration(0);
        assertThat(share.key()).isEqualTo("train.share");
        assertThat(share.meaning()).isEqualTo("share of glaze");
        assertThat(share.range().text()).isEqualTo("> 0 and <= 1");
        assertThat(declaration(1).range().text()).isEqualTo(">= 3");
        assertThat(declaration(1).meaning()).isEqualTo("coats");
    }

    private static Declaration declaration(int component) {
        return Declaration.of(Glaze.class.getRecordComponents()[component]).orElseThrow();
    }
}
