package io.github.sparklatent.ml.network.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.network.record.ParameterReader.Piece;
import io.github.sparklatent.nn.Parameter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A network that the release before has saved in pieces of its matrices. */
class ParameterReaderTest {
    private static final List<Parameter> PARAMETERS =
            List.of(new Parameter("weights", 0, 2, 3), new Parameter("bias", 6, 1, 2));
    private static final Piece FIRST = weights(0, 1, 2, 3, 4);
    private static final Piece SECOND = weights(4, 5, 6);
    private static final Piece BIAS = new Piece("bias", 1, 2, new float[] {7, 8}, 0);

    private static Piece weights(Integer offset, float... values) {
        return new Piece("weights", 2, 3, values, offset);
    }

    private static float[] read(Piece... pieces) {
        ParameterReader reader = new ParameterReader("DIR", PARAMETERS);
        Stream.of(pieces).forEach(reader::add);
        return reader.parameters();
    }

    private static void assertRefused(String sentence, Piece... pieces) {
        assertThatThrownBy(() -> read(pieces))
                .isInstanceOf(DataException.class)
                .hasMessage("the model at DIR is damaged: " + sentence);
    }

    /** Older versions have written a matrix as one row, without the column of the offset. */
    @Test
    void aMatrixInOneRowOrInPiecesOfAnyOrderIsRead() {
        float[] all = {1, 2, 3, 4, 5, 6, 7, 8};
        assertThat(read(FIRST, SECOND, BIAS)).isEqualTo(all);
        assertThat(read(BIAS, SECOND, FIRST)).isEqualTo(all);
        assertThat(read(weights(null, 1, 2, 3, 4, 5, 6), BIAS)).isEqualTo(all);
    }

    @Test
    void piecesThatAreMissingOrMovedAreNamed() {
        assertRefused("the parameters \"bias\" are missing", FIRST, SECOND);
        assertRefused(size(4), FIRST, BIAS);
        assertRefused(size(0), SECOND, BIAS);
        assertRefused(size(2), FIRST, weights(5, 5, 6), BIAS);
        assertRefused(size(4), FIRST, weights(3, 5, 6), BIAS);
        assertRefused(size(4), weights(-1, 1, 2, 3, 4), SECOND, BIAS);
        assertRefused("the parameters \"weights\" exist twice", FIRST, SECOND, FIRST, BIAS);
    }

    private static String size(int found) {
        return "the parameters \"weights\" are %d numbers as 2 x 3, expected 2 x 3".formatted(found);
    }

    @Test
    void piecesOfAnotherSizeOrWithoutNumbersAreNamed() {
        assertRefused(
                "the parameters \"bias\" are 2 numbers as 2 x 1, expected 1 x 2",
                new Piece("bias", 2, 1, new float[2], 0));
        assertRefused("the parameters \"weights\" hold NaN, expected finite numbers", weights(0, 1, Float.NaN));
        assertRefused("a matrix of its parameters has a null", new Piece("bias", 1, 2, null, 0));
        assertRefused(
                "it has parameters [more.weights], which do not belong to any layer",
                FIRST,
                SECOND,
                BIAS,
                new Piece("more.weights", 1, 1, new float[1], 0));
    }
}
