package io.github.sparklatent.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class ImageTest {
    private static final int SIDE = 6;

    private static List<String> names(String format, int count) {
        return IntStream.range(0, count).mapToObj(format::formatted).toList();
    }

    /** Blots somewhere on a square: pixels near each other are alike. */
    private static DMatrixRMaj blots(int rows) {
        DMatrixRMaj sample = new DMatrixRMaj(rows, SIDE * SIDE);
        RandomGenerator random = RandomStreams.of(1, Purpose.REPORT);
        for (int i = 0; i < rows; i++) {
            double x = SIDE * random.nextDouble();
            double y = SIDE * random.nextDouble();
            for (int j = 0; j < SIDE * SIDE; j++) {
                double distance = Math.pow(j % SIDE - x, 2) + Math.pow(j / SIDE - y, 2);
                sample.set(i, j, Math.rint(16 * Math.exp(-distance / 4)));
            }
        }
        return sample;
    }

    private static DMatrixRMaj filled(int rows, int columns, IntToDoubleFunction value) {
        DMatrixRMaj sample = new DMatrixRMaj(rows, columns);
        for (int i = 0; i < sample.getNumElements(); i++) {
            sample.data[i] = value.applyAsDouble(i);
        }
        return sample;
    }

    @Test
    void pixelsAreAnImage() {
        assertThat(Image.detected(names("_c%d", 36), blots(200))).isEqualTo(new Image(1, 6, 6));
        assertThat(Image.detected(names("image[%d]", 36), blots(200))).isEqualTo(new Image(1, 6, 6));
    }

    @Test
    void columnsOfOtherNamesAreNot() {
        List<String> names = IntStream.range(0, 36).mapToObj(j -> "n" + j * j).toList();
        assertThat(Image.detected(names, blots(200))).isNull();
        assertThat(Image.detected(names("%dth", 36), blots(200))).isNull();
    }

    @Test
    void measurementsAreNot() {
        DMatrixRMaj blots = blots(200);
        assertThat(Image.detected(names("n%d", 36), filled(200, 36, i -> blots.data[i] - 8)))
                .as("negative")
                .isNull();
        assertThat(Image.detected(names("n%d", 36), filled(200, 36, i -> blots.data[i] * 1.01)))
                .as("neither whole nor up to 1")
                .isNull();
    }
}
